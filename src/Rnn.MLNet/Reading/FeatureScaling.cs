using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rnn.MLNet.Reading;

/// <summary>The scaling of features: feature <c>x</c> becomes <c>(x − mean) × factor</c>.</summary>
/// <param name="Means">The number that is subtracted from each feature; 0 for none.</param>
/// <param name="Factors">The number by which the difference is multiplied: 1 / deviation, 1 / largest magnitude, or 1.</param>
internal sealed record FeatureScaling(float[] Means, float[] Factors)
{
    private const double MostlyZero = 0.5;
    private const double LeastDeviation = 0.05;
    private const double Least = 0.1;
    private const double Most = 10;
    private const double MostDeviationsFromZero = 10;
    private const float SmallestNormal = 1.17549435E-38f;

    /// <summary>The number of features that are scaled.</summary>
    public int Count => Enumerable.Range(0, Means.Length).Count(IsScaled);

    /// <summary>Returns the scaling for the features of the training rows; null if all features are left as they are.</summary>
    /// <param name="moments">The moments of the features of the training rows.</param>
    /// <param name="scaling">The requested scaling.</param>
    /// <param name="column">The name of the feature column, for error messages.</param>
    /// <exception cref="InvalidOperationException">The values of a feature are so large that scaling them would overflow.</exception>
    public static FeatureScaling? Of(FeatureMoments moments, InputScaling scaling, string column)
    {
        var means = new float[moments.Features];
        var factors = new float[moments.Features];
        for (var feature = 0; feature < moments.Features; feature++)
        {
            factors[feature] = 1;
            var (mean, deviation, magnitude, zeros) = moments.Of(feature);
            // A deviation says little about values that are rarely other than zero: divided by it, they could become very large.
            var isSparse = zeros > MostlyZero && scaling == InputScaling.Auto;
            if (scaling == InputScaling.None || (scaling == InputScaling.Auto && (isSparse ? IsNearUnitRange(magnitude) : IsNearUnitRange(mean, deviation))))
            {
                continue;
            }

            if (!isSparse && magnitude + Math.Abs(mean) > float.MaxValue)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"Feature {feature} of a time step of the feature column '{column}' has values up to {magnitude:G3}, which cannot be standardised in Single. Divide them by a constant, or set InputScaling.None."));
            }

            means[feature] = isSparse ? 0 : (float)mean;
            factors[feature] = Reciprocal(isSparse ? magnitude : deviation);
        }

        // A feature that is always 0, or standardised already, stays as it is.
        var result = new FeatureScaling(means, factors);
        return result.Count == 0 ? null : result;
    }

    /// <summary>A digest of all numbers, truncated to 64 bits for messages.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>(Means));
        hash.AppendData(MemoryMarshal.AsBytes<float>(Factors));
        return Convert.ToHexString(hash.GetHashAndReset(), 0, 8);
    }

    /// <summary>Describes the scaling for the log, with the first features as examples.</summary>
    /// <param name="column">The name of the feature column.</param>
    public string Describe(string column)
    {
        string[] examples = [.. Enumerable.Range(0, Means.Length).Where(IsScaled).Take(3).Select(feature => string.Create(
            CultureInfo.InvariantCulture, $"feature {feature}: minus {Means[feature]:G4}, divided by {1 / Factors[feature]:G4}"))];
        return $"InputScaling: scaling {Count} of the {Means.Length} features of '{column}' ({string.Join("; ", examples)}{(Count > examples.Length ? "; …" : "")}).";
    }

    /// <summary>Returns 1 / <paramref name="value"/>, or 1 where that could overflow.</summary>
    private static float Reciprocal(double value) => value < SmallestNormal ? 1 : (float)(1 / value);

    private bool IsScaled(int feature) => Means[feature] != 0 || Factors[feature] != 1;

    private static bool IsNearUnitRange(float magnitude) => magnitude is 0 or (>= (float)Least and <= (float)Most);

    private static bool IsNearUnitRange(double mean, double deviation) =>
        deviation is >= LeastDeviation and <= Most && Math.Abs(mean) <= Math.Min(Most, MostDeviationsFromZero * deviation);
}

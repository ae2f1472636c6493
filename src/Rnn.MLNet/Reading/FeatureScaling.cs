using System.Globalization;

namespace Rnn.MLNet.Reading;

/// <summary>The scaling of features: feature <c>x</c> becomes <c>(x − mean) × factor</c>.</summary>
/// <param name="Means">The number that is subtracted from each feature; 0 for features that are left as they are.</param>
/// <param name="Factors">The number by which the difference is multiplied: 1 / deviation, or 1.</param>
/// <param name="Count">The number of features that are standardised.</param>
internal sealed record FeatureScaling(float[] Means, float[] Factors, int Count)
{
    // Neither standardised images of rarely used pixels nor values far from zero beside their spread are near the unit range.
    private const double LeastMagnitude = 0.1;
    private const double MostMagnitude = 10;
    private const double MostDeviationsFromZero = 10;
    private const float SmallestNormal = 1.17549435E-38f;

    /// <summary>Returns the scaling for the features of the training rows; null if all features are left as they are.</summary>
    /// <param name="moments">The moments of the features of the training rows.</param>
    /// <param name="scaling">The requested scaling.</param>
    public static FeatureScaling? Of(FeatureMoments moments, InputScaling scaling)
    {
        var means = new float[moments.Features];
        var factors = new float[moments.Features];
        var count = 0;
        for (var feature = 0; feature < moments.Features; feature++)
        {
            factors[feature] = 1;
            var (mean, deviation, magnitude) = moments.Of(feature);
            if (scaling == InputScaling.None || (scaling == InputScaling.Auto && IsNearUnitRange(mean, deviation, magnitude)))
            {
                continue;
            }

            count++;
            means[feature] = (float)mean;
            // The reciprocal of a smaller deviation could overflow.
            factors[feature] = deviation < SmallestNormal ? 1 : (float)(1 / deviation);
        }

        return count == 0 ? null : new FeatureScaling(means, factors, count);
    }

    /// <summary>Describes the scaling for the log, with the first features as examples.</summary>
    /// <param name="column">The name of the feature column.</param>
    public string Describe(string column)
    {
        string[] examples = [.. Enumerable.Range(0, Means.Length).Where(IsScaled).Take(3).Select(feature => string.Create(
            CultureInfo.InvariantCulture, $"feature {feature}: mean {Means[feature]:G4}, deviation {1 / Factors[feature]:G4}"))];
        return $"InputScaling: standardising {Count} of the {Means.Length} features of '{column}' ({string.Join("; ", examples)}{(Count > examples.Length ? "; …" : "")}).";
    }

    private bool IsScaled(int feature) => Means[feature] != 0 || Factors[feature] != 1;

    private static bool IsNearUnitRange(double mean, double deviation, float magnitude) =>
        magnitude == 0 || (magnitude is >= (float)LeastMagnitude and <= (float)MostMagnitude && Math.Abs(mean) <= MostDeviationsFromZero * deviation);
}

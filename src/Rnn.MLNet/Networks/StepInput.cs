using System.Globalization;

namespace Rnn.MLNet.Networks;

/// <summary>The <see cref="InputStage"/> for one time step. It refuses what the stage marks as invalid.</summary>
internal sealed class StepInput(NetworkSpec spec)
{
    private readonly int _features = spec.Features;
    private readonly MissingValues _missingValues = spec.MissingValues;
    private readonly float[]? _means = spec.Scaling?.Means;
    private readonly float[]? _factors = spec.Scaling?.Factors;

    /// <summary>Applies the stage.</summary>
    /// <param name="features">The features of the time step. Missing values are NaN.</param>
    /// <param name="step">The number of the time step, counted from 0, for error messages.</param>
    /// <param name="inputs">Receives the inputs of the first layer, <see cref="NetworkSpec.Inputs"/> values.</param>
    /// <exception cref="ArgumentException">
    /// Thrown if the number of features is wrong, or if one of them is not accepted or is beyond the range of Single after scaling.
    /// </exception>
    public void Read(ReadOnlySpan<float> features, long step, Span<float> inputs)
    {
        if (features.Length != _features)
        {
            throw new ArgumentException($"A time step has {Count(_features)}; {features.Length} were given in step {step} (counted from 0).", nameof(features));
        }

        if (TryRead(features, inputs) is >= 0 and var refused)
        {
            throw Refused(refused, features[refused], step);
        }
    }

    /// <summary>Applies the stage.</summary>
    /// <param name="features">The features of the time step. Missing values are NaN.</param>
    /// <param name="inputs">Receives the inputs of the first layer.</param>
    /// <returns>The index of the first feature that is not accepted; -1 if all are.</returns>
    public int TryRead(ReadOnlySpan<float> features, Span<float> inputs)
    {
        for (var feature = 0; feature < features.Length; feature++)
        {
            var value = features[feature];
            var isMissing = float.IsNaN(value) && _missingValues != MissingValues.Refuse;
            var scaled = isMissing ? 0 : _means is null ? value : (value - _means[feature]) * _factors![feature];
            if (!float.IsFinite(scaled))
            {
                return feature;
            }

            inputs[feature] = scaled;
            if (_missingValues == MissingValues.ZeroAndIndicator)
            {
                inputs[_features + feature] = isMissing ? 1 : 0;
            }
        }

        return -1;
    }

    private static ArgumentException Refused(int feature, float value, long step)
    {
        var problem = float.IsNaN(value)
            ? "is missing (NaN). The model refuses missing values; train it with MissingValues.Zero or MissingValues.ZeroAndIndicator to accept them."
            : float.IsInfinity(value)
                ? "is infinite."
                : string.Create(CultureInfo.InvariantCulture, $"is {value}, which is beyond the range of Single after scaling.");
        return new ArgumentException($"Feature {feature} of step {step} (both counted from 0) {problem}", "features");
    }

    private static string Count(int features) => features == 1 ? "1 feature" : $"{features} features";
}

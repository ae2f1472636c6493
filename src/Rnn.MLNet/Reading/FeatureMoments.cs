namespace Rnn.MLNet.Reading;

/// <summary>
/// The mean, the deviation, the largest magnitude and the share of zeros of each feature over all time steps of the rows added, without missing
/// values. One pass is enough: the sums are of differences from the feature's first value, so a mean that is large beside the deviation does not
/// cancel it.
/// </summary>
/// <param name="features">The number of features of a time step.</param>
internal sealed class FeatureMoments(int features)
{
    private readonly long[] _counts = new long[features];
    private readonly long[] _zeros = new long[features];
    private readonly double[] _origins = new double[features];
    private readonly double[] _sums = new double[features];
    private readonly double[] _squares = new double[features];
    private readonly float[] _magnitudes = new float[features];

    public int Features => features;

    /// <summary>Adds a row, <c>[time, features]</c>.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        for (; row.Length > 0; row = row[features..])
        {
            AddStep(row[..features]);
        }
    }

    /// <summary>Returns the moments of a feature; all 0 if it was missing in every step.</summary>
    /// <returns>The mean, the deviation, the largest magnitude, and the share of values that are 0.</returns>
    public (double Mean, double Deviation, float Magnitude, double Zeros) Of(int feature)
    {
        if (_counts[feature] == 0)
        {
            return (0, 0, 0, 0);
        }

        var mean = _sums[feature] / _counts[feature];
        var variance = _squares[feature] / _counts[feature] - mean * mean;
        return (_origins[feature] + mean, Math.Sqrt(Math.Max(0, variance)), _magnitudes[feature], (double)_zeros[feature] / _counts[feature]);
    }

    private void AddStep(ReadOnlySpan<float> step)
    {
        for (var feature = 0; feature < step.Length; feature++)
        {
            var value = step[feature];
            if (float.IsNaN(value))
            {
                continue;
            }

            if (_counts[feature]++ == 0)
            {
                _origins[feature] = value;
            }

            if (value == 0)
            {
                _zeros[feature]++;
            }

            var difference = value - _origins[feature];
            _sums[feature] += difference;
            _squares[feature] += difference * difference;
            _magnitudes[feature] = Math.Max(_magnitudes[feature], Math.Abs(value));
        }
    }
}

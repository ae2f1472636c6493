namespace Rnn.MLNet.Reading;

/// <summary>
/// The factors by which the weights of rows are multiplied, by the first word of their targets, such as weights of their classes. They are
/// given or learned from the training rows, and apply to the validation rows too.
/// </summary>
internal sealed class TargetWeights
{
    private readonly int _targets;
    private readonly Func<IReadOnlyList<double>, float[]>? _learn;
    private float[]? _factors;

    /// <param name="targets">The number of different targets.</param>
    /// <param name="learn">Returns the factor of each target, in [0, 1], from the total weight of the training rows with each target.</param>
    public TargetWeights(int targets, Func<IReadOnlyList<double>, float[]> learn)
    {
        _targets = targets;
        _learn = learn;
    }

    /// <param name="factors">The factor of each target, in [0, 1], which does not depend on the training rows.</param>
    public TargetWeights(float[] factors)
    {
        _targets = factors.Length;
        _factors = factors;
    }

    private TargetWeights() => _targets = 1;

    /// <summary>A factor of 1 for all rows.</summary>
    public static TargetWeights Equal { get; } = new();

    /// <summary>Learns the factors from the training rows.</summary>
    public void Learn(Totals training) => _factors = _learn?.Invoke(training.ByTarget) ?? _factors;

    /// <summary>Returns the factor of rows with a target; 1 until it is learned.</summary>
    public float Of(ReadOnlySpan<int> target) => _factors is null ? 1 : _factors[target[0]];

    /// <summary>The total weight of rows with each target, before the factors.</summary>
    internal sealed class Totals(TargetWeights weights)
    {
        private readonly double[] _byTarget = new double[weights._targets];

        public IReadOnlyList<double> ByTarget => _byTarget;

        /// <summary>The number of rows.</summary>
        public long Rows { get; private set; }

        /// <summary>The mean weight of the rows, with the factors.</summary>
        public double Mean => (weights._factors is { } factors ? _byTarget.Zip(factors, (total, factor) => total * factor).Sum() : _byTarget.Sum()) / Rows;

        public void Add(ReadOnlySpan<int> target, float weight)
        {
            Rows++;
            _byTarget[_byTarget.Length == 1 ? 0 : target[0]] += weight;
        }
    }
}

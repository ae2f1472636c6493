namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>The rows of a run, found by dimension, metric and value.</summary>
internal sealed class GrowthResults(IReadOnlyList<ResultRow> rows)
{
    private readonly Dictionary<string, ResultRow> _rows = rows.ToDictionary(row => row.Name);

    /// <summary>Returns the measured values of a dimension, ascending. Those of threads depend on the machine.</summary>
    public IReadOnlyList<int> Values(GrowthDimension dimension) =>
    [
        .. _rows.Keys.Select(name => name.Split('/'))
            .Where(parts => parts[0] == dimension.Name)
            .Select(parts => int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var value) ? value : 0)
            .Where(value => value > 0)
            .Distinct()
            .Order(),
    ];

    /// <summary>Returns a row; null if that metric does not depend on the dimension.</summary>
    public ResultRow? Find(GrowthDimension dimension, string metric, string contender) =>
        _rows.GetValueOrDefault($"{dimension.Name}/{metric}/{contender}");

    public ResultRow? Find(GrowthDimension dimension, string metric, int value) => Find(dimension, metric, GrowthDimension.Text(value));
}

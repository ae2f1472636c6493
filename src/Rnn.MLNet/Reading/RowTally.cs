namespace Rnn.MLNet.Reading;

/// <summary>The rows of a pass over a view, whatever their order.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Sum">The sum of their digests.</param>
internal readonly record struct RowTally(long Count, UInt128 Sum)
{
    /// <summary>Refuses a pass that brought other rows than the first one.</summary>
    /// <param name="first">The rows of the first pass.</param>
    /// <param name="role">What the rows are for: <c>training</c> or <c>validation</c>.</param>
    /// <exception cref="InvalidOperationException">It did.</exception>
    public void RequireSame(RowTally first, string role)
    {
        if (this != first)
        {
            var difference = Count == first.Count
                ? $"expected the {first.Count} rows of the first pass, found {Count} of which some have other values, labels or weights"
                : $"expected {first.Count} rows with a label, as in the first pass, found {(Count > first.Count ? "more" : Count.ToString(System.Globalization.CultureInfo.InvariantCulture))}";
            throw new InvalidOperationException(
                $"The {role} data has changed between two passes over it: {difference}. It is streamed, so that it must have the same rows each time; " +
                "rows that can be read only once, or are drawn at random, need CacheRows.All or a file (mlContext.Data.SaveAsBinary).");
        }
    }
}

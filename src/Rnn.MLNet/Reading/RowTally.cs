namespace Rnn.MLNet.Reading;

/// <summary>A summary of the rows of one pass over a view that does not depend on their order.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Sum">The sum of the digests of all rows.</param>
internal readonly record struct RowTally(long Count, UInt128 Sum)
{
    /// <summary>Requires that this pass returned the same rows as the first one.</summary>
    /// <param name="first">The summary of the first pass.</param>
    /// <param name="role">The use of the rows in error messages: <c>training</c> or <c>validation</c>.</param>
    /// <exception cref="InvalidOperationException">Thrown if the rows differ.</exception>
    public void RequireSame(RowTally first, string role)
    {
        if (this != first)
        {
            var difference = Count == first.Count
                ? $"expected the {first.Count} rows of the first pass, found {Count} of which some have other values, labels or weights"
                : $"expected {first.Count} rows with a label, as in the first pass, found {(Count > first.Count ? "more" : Count.ToString(System.Globalization.CultureInfo.InvariantCulture))}";
            throw new InvalidOperationException(
                $"The {role} data has changed between two passes over it: {difference}. Streamed data must have the same rows in every pass. " +
                "If rows can be read only once or are drawn at random, set CacheRows.All or save them to a file first (mlContext.Data.SaveAsBinary).");
        }
    }
}

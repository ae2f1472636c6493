namespace Rnn.MLNet.Reading;

/// <summary>Selects the training rows that are used for validation.</summary>
/// <param name="Fraction">
/// The fraction of rows; 0 for none. Null for a tenth of rows in memory, at most <see cref="MostRows"/>, if there are at least
/// <see cref="LeastTotal"/>, otherwise none. Rows that are streamed are never selected by null: that would double the cost of reading them.
/// </param>
/// <param name="Seed">The seed of the selection.</param>
internal sealed record ValidationSplit(double? Fraction, int Seed)
{
    /// <summary>The smallest number of rows of which some can be spared for validation.</summary>
    public const int LeastTotal = 10_000;

    /// <summary>The largest number of rows that are selected by a <see cref="Fraction"/> of null.</summary>
    public const int MostRows = 2000;

    public static ValidationSplit None => new(0, 0);

    /// <summary>Splits rows in memory. The fraction is exact, rounded to whole rows.</summary>
    public (CachedRows Training, CachedRows? Validation) Split(SequenceSet set)
    {
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        var count = Fraction is { } fraction ? (int)Math.Round(fraction * set.Count) : Spared(set.Count);
        if (Fraction == 0 || (Fraction is null && count == 0))
        {
            return (new CachedRows(set, rows), null);
        }

        Require(set.Count - count, count);
        new Random(Seed).Shuffle(rows);
        return (new CachedRows(set, rows[count..]), new CachedRows(set, rows[..count]));
    }

    /// <summary>
    /// Returns whether a streamed row is used for validation; the fraction is approximate. The decision depends only on the content of the row, so
    /// it is the same in every pass, in any order, and identical rows are on the same side. Row IDs of a view are not suitable because some views
    /// repeat or change them.
    /// </summary>
    /// <param name="row">The digest of the row.</param>
    public bool Holds(UInt128 row) =>
        Fraction is > 0 and var fraction && (uint)SeedSequence.Mix(SeedSequence.Mix((uint)Seed ^ (ulong)row) ^ (ulong)(row >> 64)) < fraction * (1L << 32);

    /// <summary>Requires that neither side of the split is empty, unless <see cref="Fraction"/> is 0.</summary>
    /// <exception cref="InvalidOperationException">Thrown if one side is empty.</exception>
    public void Require(long training, long validation)
    {
        if (Fraction > 0 && (training == 0 || validation == 0))
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"ValidationFraction {Fraction} of {training + validation} training rows leaves none to {(training == 0 ? "train" : "validate")} on."));
        }
    }

    private static int Spared(int rows) => rows < LeastTotal ? 0 : Math.Min(rows / 10, MostRows);
}

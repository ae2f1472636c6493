namespace Rnn.MLNet.Reading;

/// <summary>Selects the training rows that are used for validation.</summary>
/// <param name="Fraction">The fraction of rows; 0 for none.</param>
/// <param name="Seed">The seed of the selection.</param>
internal sealed record ValidationSplit(double Fraction, int Seed)
{
    public static ValidationSplit None => new(0, 0);

    /// <summary>Splits rows in memory. The fraction is exact, rounded to whole rows.</summary>
    public (IRowSource Training, IRowSource? Validation) Split(SequenceSet set)
    {
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        if (Fraction == 0)
        {
            return (new CachedRows(set, rows), null);
        }

        var count = (int)Math.Round(Fraction * set.Count);
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
        Fraction > 0 && (uint)SeedSequence.Mix(SeedSequence.Mix((uint)Seed ^ (ulong)row) ^ (ulong)(row >> 64)) < Fraction * (1L << 32);

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
}

namespace Rnn.MLNet.Reading;

/// <summary>Which of the training rows are set aside for validation.</summary>
/// <param name="Fraction">Their share; 0 for none.</param>
/// <param name="Seed">Decides which.</param>
internal sealed record ValidationSplit(double Fraction, int Seed)
{
    public static ValidationSplit None => new(0, 0);

    /// <summary>Splits rows in memory, to the row.</summary>
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
    /// Whether a streamed row is set aside: about the wanted share are. What the row holds decides, so that it is the same in every
    /// pass, whatever the order, and rows that are equal stay together. A view's row numbers would not do: some repeat or change.
    /// </summary>
    /// <param name="row">The row's digest.</param>
    public bool Holds(UInt128 row) =>
        Fraction > 0 && (uint)SeedSequence.Mix(SeedSequence.Mix((uint)Seed ^ (ulong)row) ^ (ulong)(row >> 64)) < Fraction * (1L << 32);

    /// <exception cref="InvalidOperationException">A fraction of the rows was to be set aside, and no row is left on one side.</exception>
    public void Require(long training, long validation)
    {
        if (Fraction > 0 && (training == 0 || validation == 0))
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"ValidationFraction {Fraction} of {training + validation} training rows leaves none to {(training == 0 ? "train" : "validate")} on."));
        }
    }
}

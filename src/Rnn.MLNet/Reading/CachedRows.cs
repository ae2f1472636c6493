namespace Rnn.MLNet.Reading;

/// <summary>A subset of the rows of a <see cref="SequenceSet"/> in memory.</summary>
internal sealed class CachedRows(SequenceSet set, int[] rows) : IRowSource
{
    private double? _meanWeight;

    public long Count => rows.Length;

    /// <summary>The indices of the rows in the set.</summary>
    public ReadOnlySpan<int> Rows => rows;

    // Computed on first use: the factors of the targets are learned after the rows are read.
    public double MeanWeight => _meanWeight ??= set.TotalWeight(rows) / rows.Length;

    public IEnumerable<Minibatch> Shuffled(int batchSize, int seed, CancellationToken cancellationToken)
    {
        var order = (int[])rows.Clone();
        new Random(seed).Shuffle(order);
        return Cut(order, batchSize, cancellationToken);
    }

    public IEnumerable<Minibatch> InOrder(int batchSize, CancellationToken cancellationToken) => Cut(rows, batchSize, cancellationToken);

    public string Hash(CancellationToken cancellationToken)
    {
        using var digest = new RowDigest();
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            digest.Add(set.Values(row), set.Target(row), set.Weight(row));
        }

        return digest.ToString();
    }

    private IEnumerable<Minibatch> Cut(int[] order, int batchSize, CancellationToken cancellationToken)
    {
        for (long start = 0; start < order.Length; start += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Minibatch(set, order.AsMemory((int)start, (int)Math.Min(batchSize, order.Length - start)));
        }
    }
}

using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Training;

/// <summary>Cuts the training rows into minibatches, in a new order every epoch that depends on the seed and the epoch only.</summary>
internal sealed class SequenceBatcher(SequenceSet set, int[] rows, int batchSize, int seed)
{
    public SequenceSet Set => set;

    public int Rows => rows.Length;

    public long BatchesPerEpoch => (rows.Length + batchSize - 1L) / batchSize;

    /// <summary>The minibatches of an epoch, counted from 0, as row numbers; the last one may be smaller.</summary>
    public IEnumerable<ReadOnlyMemory<int>> Epoch(int epoch)
    {
        var order = (int[])rows.Clone();
        new Random(SeedSequence.Derive(seed, SeedSequence.Purpose.RowOrder, epoch)).Shuffle(order);
        for (var start = 0; start < order.Length; start += batchSize)
        {
            yield return order.AsMemory(start, Math.Min(batchSize, order.Length - start));
        }
    }

    /// <summary>A digest of the rows and their labels.</summary>
    public string DataHash() => set.Hash(rows);
}

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Rnn.MLNet.Reading;

/// <summary>
/// Rows that are read from a view in every pass. A thread reads ahead, so that the view's transforms run while the network computes. Memory
/// use is limited to the shuffle buffer and a few minibatches.
/// </summary>
/// <param name="data">The view.</param>
/// <param name="columns">The columns to read.</param>
/// <param name="role">The use of the rows in error messages: <c>training</c> or <c>validation</c>.</param>
/// <param name="expected">The summary of the view's rows, to which every pass is compared.</param>
/// <param name="count">The number of rows that belong to this source.</param>
/// <param name="meanWeight">The mean weight of the rows that belong to this source.</param>
/// <param name="filter">Whether the row with a given digest belongs to this source.</param>
/// <param name="hash">The digest of the view's rows in their order.</param>
internal sealed class StreamedRows(
    IDataView data, SequenceColumns columns, string role, RowTally expected, long count, double meanWeight, Func<UInt128, bool> filter, string hash) : IRowSource
{
    private const int BatchesAhead = 8;
    private const int ShuffleBytes = 64 << 20;
    private const int ShuffleRows = 1 << 16;

    public long Count => count;

    public double MeanWeight => meanWeight;

    public IEnumerable<Minibatch> Shuffled(int batchSize, int seed, CancellationToken cancellationToken) =>
        ReadAhead(token => Cut(ShuffledRows(seed, token), batchSize), cancellationToken);

    public IEnumerable<Minibatch> InOrder(int batchSize, CancellationToken cancellationToken) =>
        ReadAhead(token => Cut(Rows(shuffle: null, token), batchSize), cancellationToken);

    public string Hash(CancellationToken cancellationToken) => hash;

    /// <summary>
    /// Shuffles the rows in a bounded buffer: each new row replaces a random row of the buffer, which is returned. In addition the view shuffles
    /// its rows if it can.
    /// </summary>
    private IEnumerable<Row> ShuffledRows(int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var capacity = Math.Clamp(ShuffleBytes / (columns.Shape.Length * sizeof(float)), 1, ShuffleRows);
        var buffer = new List<Row>();
        foreach (var row in Rows(random, cancellationToken))
        {
            if (buffer.Count < capacity)
            {
                buffer.Add(row.Clone());
                continue;
            }

            var place = random.Next(capacity);
            yield return buffer[place];
            row.CopyTo(buffer[place]);
        }

        Row[] rest = [.. buffer];
        random.Shuffle(rest);
        foreach (var row in rest)
        {
            yield return row;
        }
    }

    /// <summary>Enumerates the rows that belong to this source. The same object is returned for every row, with new values.</summary>
    private IEnumerable<Row> Rows(Random? shuffle, CancellationToken cancellationToken)
    {
        using var cursor = new SequenceCursor(data, columns, role, shuffle);
        using var digest = new RowDigest();
        var row = new Row(columns);
        while (digest.Count <= expected.Count && cursor.MoveNext(row.Values, cancellationToken))
        {
            cursor.Target.CopyTo(row.Target);
            row.Weight = cursor.Weight;
            if (filter(digest.Add(row.Values, row.Target, row.Weight)))
            {
                yield return row;
            }
        }

        digest.Tally.RequireSame(expected, role);
    }

    private IEnumerable<Minibatch> Cut(IEnumerable<Row> rows, int batchSize)
    {
        batchSize = (int)Math.Min(batchSize, count);
        int[] all = [.. Enumerable.Range(0, batchSize)];
        var set = new SequenceSet(columns.Shape, columns.Targets, batchSize);
        foreach (var row in rows)
        {
            row.Values.CopyTo(set.NextRow());
            set.Add(row.Target, row.Weight);
            if (set.Count == batchSize)
            {
                yield return new Minibatch(set, all);
                set = new SequenceSet(columns.Shape, columns.Targets, batchSize);
            }
        }

        if (set.Count > 0)
        {
            yield return new Minibatch(set, all.AsMemory(0, set.Count));
        }
    }

    private static IEnumerable<Minibatch> ReadAhead(Func<CancellationToken, IEnumerable<Minibatch>> read, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ahead = new BlockingCollection<Minibatch>(BatchesAhead);
        ExceptionDispatchInfo? error = null;
        var reader = new Thread(() =>
        {
            try
            {
                foreach (var batch in read(stop.Token))
                {
                    ahead.Add(batch, stop.Token);
                }
            }
            catch (Exception exception)
            {
                error = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                ahead.CompleteAdding();
            }
        })
        { Name = "Rnn.MLNet reader", IsBackground = true };
        reader.Start();
        try
        {
            foreach (var batch in ahead.GetConsumingEnumerable())
            {
                yield return batch;
            }

            error?.Throw();
        }
        finally
        {
            // Stops the reader thread if the enumeration ends early.
            stop.Cancel();
            reader.Join();
        }
    }

    private sealed class Row(SequenceColumns columns)
    {
        public float[] Values { get; } = new float[columns.Shape.Length];

        public int[] Target { get; } = new int[columns.Targets.Length];

        public float Weight { get; set; }

        public Row Clone()
        {
            var clone = new Row(columns);
            CopyTo(clone);
            return clone;
        }

        public void CopyTo(Row other)
        {
            Values.CopyTo(other.Values, 0);
            Target.CopyTo(other.Target, 0);
            other.Weight = Weight;
        }
    }
}

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Rows that are identified by their first value, their number; how they are read and iterated.</summary>
internal static class NumberedRows
{
    /// <summary>A view of so many rows of two values that is never shuffled by itself.</summary>
    public static OrderedView View(int count, Func<int, float>? weight = null, bool canShuffle = false) => new(
        new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row { Features = [i, -i], Label = (uint)(i % 3), Weight = weight?.Invoke(i) ?? 1 })),
        canShuffle);

    /// <summary>Reads rows, as a fit does that keeps them or does not.</summary>
    public static (IRowSource Training, IRowSource? Validation) Read(IDataView data, bool streamed, ValidationSplit? split = null) =>
        new SequenceReader(data, Columns(data), "training").Read(streamed ? 0 : long.MaxValue, split ?? ValidationSplit.None, TestContext.Current.CancellationToken);

    public static SequenceColumns Columns(IDataView data) => Classification.ColumnsOf(data.Schema, weight: "Weight", timeSteps: 1);

    /// <summary>The numbers of the rows as they come.</summary>
    public static int[] Numbers(this IEnumerable<Minibatch> batches) =>
        [.. batches.SelectMany(batch => batch.Rows.ToArray().Select(row => (int)batch.Set.Values(row)[0]))];

    public static int[] Shuffled(this IRowSource rows, int seed, int batchSize = 7) =>
        rows.Shuffled(batchSize, seed, TestContext.Current.CancellationToken).Numbers();

    public static int[] InOrder(this IRowSource rows, int batchSize = 7) =>
        rows.InOrder(batchSize, TestContext.Current.CancellationToken).Numbers();

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }

        public float Weight { get; set; }
    }
}

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A batch holds 60 rows, fewer where their sequences, their scores or the columns beside them would take more than 4 MB.</summary>
public sealed class BatchSizeTests
{
    private const int MegaByte = 1 << 20;

    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(2, 3, 3, 60)]
    [InlineData(128, 136, 3, 60)]
    [InlineData(128, 137, 3, 59)]
    [InlineData(1 << 10, 1 << 5, 3, 32)]
    [InlineData(1, 1, 1 << 15, 32)]
    [InlineData(1 << 10, 1 << 10, 3, 1)]
    [InlineData(1, 1, 1_000_000, 1)]
    public void Of_long_sequences_and_many_classes_it_holds_fewer(int timeSteps, int features, int classes, int expected)
    {
        Assert.Equal(expected, RowsOf(new SequenceShape(timeSteps, features), classes));
    }

    [Fact]
    public void Of_numbers_beside_the_scores_it_holds_as_many()
    {
        Assert.Equal(60, RowsOf(new SequenceShape(1, 1), 3, "Number", "Text", "Vector"));
    }

    [Theory]
    [InlineData("Text", MegaByte / 2)]
    [InlineData("Vector", MegaByte / 4)]
    // A number and its place.
    [InlineData("Sparse", MegaByte / 8)]
    public void Of_long_columns_beside_the_scores_it_holds_fewer(string column, int length)
    {
        // A megabyte a row.
        Assert.Equal(4, RowsOf(new SequenceShape(1, 1), 3, length, column));
    }

    [Theory]
    [InlineData(DeviceType.CPU, 28, 128, 60)]
    [InlineData(DeviceType.CPU, 100, 1000, 60)]
    [InlineData(DeviceType.CPU, 400, 1000, 41)]
    [InlineData(DeviceType.CPU, 10_000, 1000, 24)]
    [InlineData(DeviceType.CUDA, 28, 128, 1024)]
    [InlineData(DeviceType.CUDA, 256, 128, 1024)]
    [InlineData(DeviceType.CUDA, 512, 128, 512)]
    [InlineData(DeviceType.CUDA, 1000, 1000, 128)]
    public void A_GPU_gets_more_and_a_large_network_fewer(DeviceType device, int timeSteps, int units, int expected)
    {
        var spec = new NetworkSpec(new BasicLstmCell(units), 1, false, 0, ReadOut.FinalState, timeSteps, 1, 3);

        Assert.Equal(expected, ScoringBatch.RowsFor(spec, device));
    }

    /// <summary>How many rows make a batch full; twice, as a batch is used again.</summary>
    private int RowsOf(SequenceShape shape, int classes, params string[] columns) => RowsOf(shape, classes, length: 1, columns);

    private int RowsOf(SequenceShape shape, int classes, int length, params string[] columns)
    {
        var row = new Row
        {
            Features = new float[shape.Length],
            Text = new string('x', length),
            Vector = new float[length],
            Sparse = new VBuffer<float>(length + 1, length, new float[length], [.. Enumerable.Range(0, length)]),
        };
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, shape.TimeSteps, shape.Features);
        var view = _context.Data.LoadFromEnumerable(Enumerable.Repeat(row, 1000), definition);
        using var cursor = view.GetRowCursor(view.Schema);
        using var batch = new ScoringBatch(
            shape, Classification.Task(classes), columns.Select(column => (Func<int, IColumnValues>)new PassedColumn(view.Schema[column].Type, PassedColumn.Getter(cursor, view.Schema[column])).Values));
        var (reader, id) = (new FeatureReader(cursor, view.Schema["Features"], "data"), cursor.GetIdGetter());
        var first = Fill();
        batch.Clear();
        Assert.Equal(first, Fill());
        return first;

        int Fill()
        {
            Assert.Equal(0, batch.Count);
            while (!batch.IsFull)
            {
                Assert.True(cursor.MoveNext());
                batch.Add(reader, id);
            }

            return batch.Count;
        }
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Number { get; set; }

        public string Text { get; set; } = "";

        public float[] Vector { get; set; } = [];

        public VBuffer<float> Sparse { get; set; }
    }
}

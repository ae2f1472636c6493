namespace Rnn.MLNet.Tests.Reading;

/// <summary>
/// A stream is shuffled in a buffer of 65,536 rows, or of 64 MiB where that is less: no row is ahead of its time by more, and the
/// whole of the buffer is drawn from.
/// </summary>
public sealed class ShuffleBufferTests
{
    [Theory]
    [InlineData(1, 70_000, 65_536)]
    [InlineData(1 << 20, 32, 16)]
    // A row that is larger than the buffer is one by itself.
    [InlineData(17 << 20, 3, 1)]
    public void A_row_comes_early_by_the_buffer_at_most(int length, int rows, int buffer)
    {
        var data = Long(length, rows);
        var columns = Classification.ColumnsOf(data.Schema, timeSteps: 1);
        var (source, _) = new SequenceReader(data, columns, "training").Read(0, ValidationSplit.None, TestContext.Current.CancellationToken);

        var order = source.Shuffled(seed: 3, batchSize: Math.Max(1, rows / 20));

        Assert.Equal(Enumerable.Range(0, rows), order.Order());
        Assert.All(order.Select((row, place) => row - place), early => Assert.InRange(early, -rows, buffer));
        Assert.InRange(order.Select((row, place) => row - place).Max(), buffer * 8 / 10, buffer);
        if (rows - buffer > 1000)
        {
            AssertAllPlacesAreAsLikely(order[..(rows - buffer)], buffer);
        }
    }

    /// <summary>What is drawn while the buffer is full: rows of its first filling mostly, and those of each eighth alike.</summary>
    private static void AssertAllPlacesAreAsLikely(int[] drawn, int buffer)
    {
        var eighths = drawn.Where(row => row < buffer).GroupBy(row => row / (buffer / 8)).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(8, eighths.Count);
        Assert.All(eighths.Values, count => Assert.InRange(count, 540 - 92, 540 + 92));
    }

    /// <summary>Rows of zeros, but for the number of the row in the first place.</summary>
    private static OrderedView Long(int length, int rows)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length);
        return new OrderedView(new MLContext().Data.LoadFromEnumerable(
            Enumerable.Range(0, rows).Select(i => new Row { Features = new VBuffer<float>(length, 1, [i], [0]), Label = 1 }), definition));
    }

    private sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        [KeyType(2)]
        public uint Label { get; set; }
    }
}

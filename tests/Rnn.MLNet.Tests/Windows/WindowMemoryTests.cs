namespace Rnn.MLNet.Tests.Windows;

/// <summary>A cursor holds as many rows of a group as a window has, not all of them.</summary>
[Collection(nameof(Alone))]
public sealed class WindowMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        var context = new MLContext(seed: 1);
        var rows = context.Data.LoadFromEnumerable(Rows());
        var windows = context.Data.CreateSequences(
            rows, new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value", "Other"], Length = 8, Label = SequenceLabel.MostFrequent("State") });
        using var cursor = windows.GetRowCursor(windows.Schema);

        var early = After(2_000);
        var late = After(60_000);

        // The features alone of the rows in between would take half a megabyte.
        Assert.InRange(late - early, long.MinValue, 100_000);

        long After(int position)
        {
            while (cursor.Position < position)
            {
                Assert.True(cursor.MoveNext());
            }

            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }

    private static IEnumerable<LogRow> Rows()
    {
        for (var place = 0; place < 100_000; place++)
        {
            yield return new LogRow { Machine = $"{place % 20}", Time = place, Value = place, State = $"state {place / 20}" };
        }
    }
}

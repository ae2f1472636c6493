namespace Rnn.MLNet.Tests.Reading;

/// <summary>A stream that is not read to its end leaves no thread that still reads from the view.</summary>
public sealed class AbandonedReaderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Whoever_stops_early_waits_for_the_reader()
    {
        // More minibatches than are read ahead, and a source that takes its time to close.
        var data = new AwkwardView(NumberedRows.View(100)) { Closing = TimeSpan.FromMilliseconds(100) };
        var (rows, _) = NumberedRows.Read(data, streamed: true);

        var first = await Task.Run(() => rows.InOrder(2, TestContext.Current.CancellationToken).First(), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(2, first.Count);
        Assert.Equal(0, data.Readers);
    }

    [Fact]
    public void The_reader_is_eight_minibatches_ahead_and_no_more()
    {
        var data = new ObservedView(NumberedRows.View(200));
        var (rows, _) = NumberedRows.Read(data, streamed: true);
        var before = data.RowsRead;
        using var batches = rows.InOrder(5, TestContext.Current.CancellationToken).GetEnumerator();

        Assert.True(batches.MoveNext());

        // One is taken, eight wait, and one more is in the reader's hand.
        Assert.True(SpinWait.SpinUntil(() => data.RowsRead - before >= 50, Limit));
        Assert.Equal(50, data.RowsRead - before);
    }

    [Fact]
    public async Task An_error_of_the_view_comes_after_the_rows_before_it()
    {
        var failing = new AwkwardView(NumberedRows.View(30)) { FailsAt = 21 };
        var columns = NumberedRows.Columns(failing);
        var source = new StreamedRows(failing, columns, "training", new RowTally(30, 0), 30, 1, _ => true, "");
        List<int> seen = [];

        var error = await Assert.ThrowsAsync<IOException>(() => Task.Run(() =>
        {
            foreach (var batch in source.InOrder(4, TestContext.Current.CancellationToken))
            {
                seen.AddRange(((Minibatch[])[batch]).Numbers());
            }
        }, TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken));

        Assert.Equal("The line went dead at row 21.", error.Message);
        Assert.Equal(Enumerable.Range(0, 20), seen);
        Assert.Equal(0, failing.Readers);
    }
}

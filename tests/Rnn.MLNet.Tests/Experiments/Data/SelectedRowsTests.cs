namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>Rows chosen by their place, and how they are read.</summary>
public sealed class SelectedRowsTests
{
    private static readonly IDataView All = ScriptedRow.View([.. Enumerable.Range(0, 20).Select(row => ScriptedRow.Of("a", row, 0, 0))]);

    [Fact]
    public void They_come_in_their_order_and_are_numbered_from_nought()
    {
        var rows = new SelectedRows(All, row => row % 4 == 1, 5, CancellationToken.None);
        Assert.Equal([1, 5, 9, 13, 17], Read(rows, null));
        Assert.Equal((5, true), (rows.GetRowCount(), rows.CanShuffle));
        Assert.Same(All.Schema, rows.Schema);
        using var cursor = rows.GetRowCursor([rows.Schema["Answer"]]);
        Assert.Equal(-1, cursor.Position);
        for (var position = 0; position < 5; position++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(position, cursor.Position);
        }

        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.True(cursor.IsColumnActive(rows.Schema["Answer"]));
        Assert.False(cursor.IsColumnActive(rows.Schema["Label"]));
        Assert.Same(All.Schema, cursor.Schema);
    }

    [Fact]
    public void All_are_chosen_where_none_is_left_out()
    {
        Assert.Equal(20, Read(new SelectedRows(All, null, null, CancellationToken.None), null).Count);
        Assert.Null(new SelectedRows(All, null, null, CancellationToken.None).GetRowCount());
    }

    [Fact]
    public void Shuffled_they_are_the_same_rows_in_an_order_of_the_generator()
    {
        var rows = new SelectedRows(All, row => row < 12, 12, CancellationToken.None);
        var first = Read(rows, new Random(1));
        Assert.Equal(Enumerable.Range(0, 12).Select(row => (float)row), first.Order());
        Assert.NotEqual(first.Order(), first);
        Assert.Equal(first, Read(rows, new Random(1)));
        Assert.NotEqual(first, Read(rows, new Random(2)));
        // A generator that is used again gives another order each time.
        var random = new Random(1);
        Assert.NotEqual(Read(rows, random), Read(rows, random));
    }

    [Fact]
    public void Several_cursors_are_one()
    {
        var cursors = new SelectedRows(All, null, null, CancellationToken.None).GetRowCursorSet([All.Schema["Answer"]], 4);
        using var cursor = Assert.Single(cursors);
        Assert.Equal(0, cursor.Batch);
    }

    [Fact]
    public void Reading_ends_with_the_token_also_between_chosen_rows_and_closes_what_it_read()
    {
        using var stop = new CancellationTokenSource();
        var observed = new ObservedView(All);
        var rows = new SelectedRows(observed, row =>
        {
            if (row == 3)
            {
                stop.Cancel();
            }

            return false;
        }, 0, stop.Token);
        using (var cursor = rows.GetRowCursor([rows.Schema["Answer"]]))
        {
            Assert.Throws<OperationCanceledException>(() => cursor.MoveNext());
        }

        Assert.Equal((4, 1), (observed.RowsRead, observed.CursorsDisposed));
    }

    private static List<float> Read(IDataView rows, Random? random) => ShuffledRows.Read(rows, "Answer", answer => answer.GetItemOrDefault(0), random);
}

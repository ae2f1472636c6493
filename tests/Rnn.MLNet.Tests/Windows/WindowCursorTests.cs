namespace Rnn.MLNet.Tests.Windows;

/// <summary>What ML.NET expects of a view: lazy, read in part, by several cursors at once, with stable rows.</summary>
public sealed class WindowCursorTests
{
    private static readonly SequenceOptions Options =
        new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value", "Other"], Length = 3, Label = SequenceLabel.Last("State") };

    private readonly MLContext _context = new(seed: 1);
    private readonly ObservedView _source;
    private readonly IDataView _windows;

    public WindowCursorTests()
    {
        _source = new ObservedView(LogRow.View(_context, LogRow.Parse("A1 B1 A2 B2 A3 B3 A4 B4 A5")));
        _windows = _context.Data.CreateSequences(_source, Options);
    }

    [Fact]
    public void Creating_the_view_reads_nothing()
    {
        Assert.Equal((0, 0L), (_source.CursorsOpened, _source.RowsRead));
        Assert.False(_windows.CanShuffle);
        Assert.Null(_windows.GetRowCount());
        Assert.Same(_windows.Schema, _windows.Schema);
    }

    [Fact]
    public void A_cursor_reads_no_further_than_its_window()
    {
        using var cursor = _windows.GetRowCursor(_windows.Schema);
        Assert.Equal(0, _source.RowsRead);
        Assert.True(cursor.MoveNext());
        Assert.Equal(5, _source.RowsRead);
        Assert.True(cursor.MoveNext());
        Assert.Equal(6, _source.RowsRead);
    }

    [Theory]
    [InlineData("", "Machine Time")]
    [InlineData("Machine", "Machine Time")]
    [InlineData("Time", "Machine Time")]
    [InlineData("Features", "Machine Other Time Value")]
    [InlineData("Label", "Machine State Time")]
    [InlineData("Features Label Features", "Machine Other State Time Value")]
    public void It_reads_the_columns_that_are_needed(string asked, string needed)
    {
        using var cursor = _windows.GetRowCursor(asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => _windows.Schema[name]));

        Assert.Equal(needed, string.Join(' ', _source.ColumnsAsked.Keys.Order()));
        Assert.Equal(asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(), _windows.Schema.Where(cursor.IsColumnActive).Select(column => column.Name));
        var windows = 0;
        while (cursor.MoveNext())
        {
            windows++;
        }

        Assert.Equal(5, windows);
    }

    [Fact]
    public void A_column_that_decides_which_windows_there_are_is_read_although_nobody_asks()
    {
        var windows = _context.Data.CreateSequences(_source, Options with { MissingFeatures = MissingFeatures.Split });
        using var cursor = windows.GetRowCursor([windows.Schema["Machine"]]);

        Assert.Equal(["Machine", "Other", "Time", "Value"], _source.ColumnsAsked.Keys.Order());
    }

    [Fact]
    public void Rows_have_positions_and_numbers_that_are_the_same_in_every_pass()
    {
        for (var pass = 0; pass < 2; pass++)
        {
            using var cursor = _windows.GetRowCursor([]);
            var readId = cursor.GetIdGetter();
            DataViewRowId id = default;

            Assert.Equal((-1, 0), (cursor.Position, cursor.Batch));
            for (var row = 0; row < 5; row++)
            {
                Assert.True(cursor.MoveNext());
                readId(ref id);
                Assert.Equal((row, new DataViewRowId((ulong)row, 0)), (cursor.Position, id));
            }

            Assert.False(cursor.MoveNext());
            Assert.Equal(-1, cursor.Position);
            Assert.False(cursor.MoveNext());
            Assert.Throws<InvalidOperationException>(() => readId(ref id));
        }
    }

    [Fact]
    public void Values_outside_of_rows_are_refused()
    {
        var cursor = _windows.GetRowCursor(_windows.Schema);
        var features = cursor.GetGetter<VBuffer<float>>(_windows.Schema["Features"]);
        var time = cursor.GetGetter<int>(_windows.Schema["Time"]);
        VBuffer<float> values = default;
        var number = 0;

        Assert.StartsWith("The cursor is not on a row", Assert.Throws<InvalidOperationException>(() => features(ref values)).Message);
        Assert.StartsWith("The cursor is not on a row", Assert.Throws<InvalidOperationException>(() => time(ref number)).Message);
        Assert.True(cursor.MoveNext());
        time(ref number);
        Assert.Equal(3, number);
        cursor.Dispose();
        Assert.Equal("The cursor has been disposed of.", Assert.Throws<InvalidOperationException>(() => features(ref values)).Message);
        Assert.False(cursor.MoveNext());
        cursor.Dispose();
        Assert.Equal((1, 1), (_source.CursorsOpened, _source.CursorsDisposed));
    }

    [Fact]
    public void Columns_that_were_not_asked_for_or_have_another_type_are_refused()
    {
        using var cursor = _windows.GetRowCursor([_windows.Schema["Features"], _windows.Schema["Machine"]]);

        Assert.Same(_windows.Schema, cursor.Schema);
        Assert.Equal(
            "The column 'Label' was not requested when the cursor was created.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(_windows.Schema["Label"])).Message);
        Assert.Equal(
            "The column 'Features' is Vector<Single, 3, 2>; it cannot be read as System.Single.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(_windows.Schema["Features"])).Message);
        Assert.StartsWith("The column 'Machine' is String;", Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(_windows.Schema["Machine"])).Message);
        Assert.Equal(
            "The column 'Value' with index 2 belongs to another schema; that of the windows has 'Machine', 'Time', 'Features', 'Label'.",
            Assert.Throws<ArgumentException>(() => _windows.GetRowCursor([_source.Schema["Value"]])).Message);
        Assert.Contains("'Fault' with index 5", Assert.Throws<ArgumentException>(() => _windows.GetRowCursor([_source.Schema["Fault"]])).Message);
    }

    [Fact]
    public void Several_cursors_at_once_do_not_disturb_each_other()
    {
        using var first = _windows.GetRowCursor(_windows.Schema);
        using var second = Assert.Single(_windows.GetRowCursorSet(_windows.Schema, 4, new Random(1)));
        var (readFirst, readSecond) = (WindowText.Reader(first), WindowText.Reader(second));
        var expected = WindowText.Of(_windows);

        Assert.True(first.MoveNext());
        Assert.True(first.MoveNext());
        Assert.True(second.MoveNext());
        Assert.Equal(expected[1], readFirst());
        Assert.Equal(expected[0], readSecond());
        Assert.True(second.MoveNext());
        Assert.Equal((expected[1], expected[1]), (readFirst(), readSecond()));
        Parallel.For(0, 8, _ => Assert.Equal(expected, WindowText.Of(_windows)));
    }

    [Fact]
    public void The_source_is_not_shuffled()
    {
        var source = new OrderedView(LogRow.View(_context, LogRow.Parse("A1 A2 A3")), canShuffle: true);
        var windows = _context.Data.CreateSequences(source, Options);

        using var cursor = windows.GetRowCursor(windows.Schema, new Random(1));
        Assert.True(cursor.MoveNext());
        Assert.Equal([false], source.AskedToShuffle);
    }

    [Fact]
    public void A_failure_of_the_source_comes_again_and_again()
    {
        var source = new AwkwardView(_source) { FailsAt = 6 };
        var windows = _context.Data.CreateSequences(source, Options);
        using (var cursor = windows.GetRowCursor(windows.Schema))
        {
            Assert.True(cursor.MoveNext());
            Assert.True(cursor.MoveNext());
            Assert.Equal("The line went dead at row 6.", Assert.Throws<IOException>(() => cursor.MoveNext()).Message);
            Assert.Equal("The line went dead at row 6.", Assert.Throws<IOException>(() => cursor.MoveNext()).Message);
            Assert.Equal(-1, cursor.Position);
        }

        Assert.Equal(0, source.Readers);
    }

    [Fact]
    public void A_source_that_cannot_be_opened_is_left_closed()
    {
        // A view whose getters are not of the type that its schema says.
        var source = new ObservedView(new LabelledView<byte>(3, 1, 2));
        var windows = _context.Data.CreateSequences(new Retyped(source), new() { GroupBy = "Label", Features = ["Features"], Length = 1 });

        Assert.ThrowsAny<InvalidCastException>(() => windows.GetRowCursor(windows.Schema));
        Assert.Equal((1, 1), (source.CursorsOpened, source.CursorsDisposed));
    }

    [Fact]
    public void What_a_consumer_does_to_its_values_stays_with_it()
    {
        using var cursor = _windows.GetRowCursor(_windows.Schema);
        var features = cursor.GetGetter<VBuffer<float>>(_windows.Schema["Features"]);
        VBuffer<float> own = default, other = default;

        Assert.True(cursor.MoveNext());
        features(ref own);
        VBufferEditor.CreateFromBuffer(ref own).Values.Fill(-1);
        features(ref other);
        Assert.Equal([1, 0, 2, 0, 3, 0], other.DenseValues());
        Assert.True(cursor.MoveNext());
        Assert.True(cursor.MoveNext());
        features(ref own);
        Assert.Equal([2, 0, 3, 0, 4, 0], own.DenseValues());
        Assert.Equal([1, 0, 2, 0, 3, 0], other.DenseValues());
    }

    [Fact]
    public void Texts_do_not_lie_in_a_buffer_of_the_source()
    {
        var windows = _context.Data.CreateSequences(new ReusedTextView(), new() { GroupBy = "Text", Features = ["Place"], Length = 2, Label = SequenceLabel.First("Text") });
        using var cursor = windows.GetRowCursor(windows.Schema);
        var (group, label) = (cursor.GetGetter<ReadOnlyMemory<char>>(windows.Schema["Text"]), cursor.GetGetter<ReadOnlyMemory<char>>(windows.Schema["Label"]));
        var (groups, labels) = (new List<ReadOnlyMemory<char>>(), new List<ReadOnlyMemory<char>>());
        while (cursor.MoveNext())
        {
            ReadOnlyMemory<char> text = default;
            group(ref text);
            groups.Add(text);
            label(ref text);
            labels.Add(text);
        }

        Assert.Equal(["a", "b", "c"], groups.Select(text => text.ToString()));
        Assert.Equal(["a", "b", "c"], labels.Select(text => text.ToString()));
    }

    /// <summary>A view that says that its keys are of another number type than they are.</summary>
    private sealed class Retyped(IDataView inner) : IDataView
    {
        public DataViewSchema Schema { get; } = EmptyView.Of(("Features", inner.Schema["Features"].Type), ("Label", new KeyDataViewType(typeof(uint), 3))).Schema;

        public bool CanShuffle => false;

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => inner.GetRowCursor(inner.Schema);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];
    }
}

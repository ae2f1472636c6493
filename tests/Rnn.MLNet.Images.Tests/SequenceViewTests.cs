namespace Rnn.MLNet.Tests.Images;

/// <summary>What ML.NET expects of a view and of a row: columns, laziness, order, disposal.</summary>
public sealed class SequenceViewTests
{
    private const int Rows = 20;

    private readonly MLContext _context = new(seed: 1);
    private readonly ImageView _data = new(Enumerable.Range(0, Rows).Select(row => Paint.Gray(1, 2, (_, _) => row))) { CanShuffle = true };
    private readonly ImageToSequenceTransformer _model;
    private readonly IDataView _view;

    public SequenceViewTests()
    {
        _model = _context.Transforms.ImageToSequence("Features", "Image", imageHeight: 1, imageWidth: 2).Fit(_data);
        _view = _model.Transform(_data);
    }

    [Fact]
    public void The_sequence_follows_the_columns_of_the_input()
    {
        Assert.Equal(["Image", "Number", "Features"], _view.Schema.Select(column => column.Name));
        Assert.Equal(_view.Schema.Select(column => (column.Name, column.Type)), _model.GetOutputSchema(_data.Schema).Select(column => (column.Name, column.Type)));
        Assert.Equal(Rows, _view.GetRowCount());
        Assert.True(_model.IsRowToRowMapper);
    }

    [Fact]
    public void Images_are_read_only_if_their_sequence_is()
    {
        Assert.Equal(Enumerable.Range(0, Rows).Select(row => (long)row), _view.GetColumn<long>("Number"));
        Assert.Equal(0, _data.Reads);

        using (var cursor = _view.GetRowCursor(_view.Schema))
        {
            var getter = cursor.GetGetter<VBuffer<float>>(_view.Schema["Features"]);
            VBuffer<float> values = default;
            while (cursor.MoveNext())
            {
                if (cursor.Position % 5 == 0)
                {
                    getter(ref values);
                }
            }
        }

        Assert.Equal(Rows / 5, _data.Reads);
        Assert.Equal(0, _data.Open);
    }

    [Fact]
    public void Shuffled_rows_keep_their_sequences()
    {
        Assert.True(_view.CanShuffle);
        using var cursor = _view.GetRowCursor(_view.Schema, new Random(5));

        var rows = Read(cursor);

        Assert.NotEqual(Enumerable.Range(0, Rows), rows.Select(row => row.Number));
        Assert.Equal(Enumerable.Range(0, Rows), rows.Select(row => row.Number).Order());
        Assert.All(rows, row => Assert.Equal((row.Number, (ulong)row.Number), (row.Pixel, row.Id)));
    }

    [Fact]
    public async Task Several_cursors_read_at_the_same_time()
    {
        var cursors = _view.GetRowCursorSet(_view.Schema, 4);
        Assert.Equal(4, cursors.Length);

        var parts = await Task.WhenAll(cursors.Select(cursor => Task.Run(() => Read(cursor))));

        foreach (var cursor in cursors)
        {
            cursor.Dispose();
        }

        Assert.Equal(Enumerable.Range(0, Rows), parts.SelectMany(part => part).Select(row => row.Number).Order());
        Assert.All(parts.SelectMany(part => part), row => Assert.Equal((row.Number, (long)row.Number), (row.Pixel, row.Batch)));
        Assert.Equal(0, _data.Open);
    }

    [Fact]
    public void A_getter_has_the_type_and_the_columns_that_were_requested()
    {
        using var cursor = _view.GetRowCursor([_view.Schema["Features"]]);

        Assert.True(cursor.IsColumnActive(_view.Schema["Features"]));
        Assert.False(cursor.IsColumnActive(_view.Schema["Number"]));
        Assert.Contains("'Number' was not requested", Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<long>(_view.Schema["Number"])).Message);
        Assert.Contains(
            "The column 'Features' is Vector<Single, 1, 2>; it cannot be read as System.Single.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(_view.Schema["Features"])).Message);
    }

    [Fact]
    public void A_column_of_another_view_is_refused()
    {
        var other = _context.Transforms.ImageToSequence("Other", "Image", imageHeight: 1, imageWidth: 1).Fit(_data).Transform(_data);

        var exception = Assert.Throws<ArgumentException>(() => _view.GetRowCursor([other.Schema["Other"]]));

        Assert.StartsWith("The column 'Other' with index 2 belongs to another schema; that of the output has 'Image', 'Number', 'Features'.", exception.Message);
    }

    [Fact]
    public void A_row_depends_on_its_image()
    {
        var mapper = _model.GetRowToRowMapper(_data.Schema);

        Assert.Same(_data.Schema, mapper.InputSchema);
        Assert.Equal(["Image"], mapper.GetDependencies([mapper.OutputSchema["Features"]]).Select(column => column.Name));
        Assert.Equal(["Number"], mapper.GetDependencies([mapper.OutputSchema["Number"]]).Select(column => column.Name));
        Assert.Equal(["Number", "Image"], mapper.GetDependencies([mapper.OutputSchema["Number"], mapper.OutputSchema["Features"]]).Select(column => column.Name));
    }

    [Fact]
    public void A_row_is_that_of_the_input_with_the_sequence()
    {
        var mapper = _model.GetRowToRowMapper(_data.Schema);
        using var input = _data.GetRowCursor(_data.Schema);
        using var row = mapper.GetRow(input, mapper.OutputSchema);
        for (var i = 0; i < 3; i++)
        {
            input.MoveNext();
        }

        VBuffer<float> values = default;
        row.GetGetter<VBuffer<float>>(row.Schema["Features"])(ref values);
        DataViewRowId id = default;
        row.GetIdGetter()(ref id);

        Assert.Equal([2 / 255f, 2 / 255f], values.DenseValues());
        Assert.Equal((2, 0, 2ul), (row.Position, row.Batch, id.Low));
    }

    [Fact]
    public void What_has_been_disposed_of_gives_no_values()
    {
        var cursor = _view.GetRowCursor(_view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(_view.Schema["Features"]);
        Assert.True(cursor.MoveNext());
        cursor.Dispose();
        cursor.Dispose();

        VBuffer<float> values = default;
        Assert.Throws<ObjectDisposedException>(() => getter(ref values));
        Assert.Equal(0, _data.Open);
    }

    [Fact]
    public async Task The_model_serves_many_threads()
    {
        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            SequenceText.Of(_model.Transform(new ImageView(Enumerable.Range(0, 50).Select(row => Paint.Gray(1, 2, (_, _) => row))))))));

        Assert.All(read, sequences => Assert.Equal(Enumerable.Range(0, 50).Select(row => $"{row} {row}"), sequences));
    }

    private List<(int Number, int Pixel, ulong Id, long Batch)> Read(DataViewRowCursor cursor)
    {
        var (number, features, id) = (cursor.GetGetter<long>(_view.Schema["Number"]), cursor.GetGetter<VBuffer<float>>(_view.Schema["Features"]), cursor.GetIdGetter());
        List<(int Number, int Pixel, ulong Id, long Batch)> rows = [];
        while (cursor.MoveNext())
        {
            long row = 0;
            VBuffer<float> values = default;
            DataViewRowId rowId = default;
            number(ref row);
            features(ref values);
            id(ref rowId);
            rows.Add(((int)row, (int)MathF.Round(255 * values.GetItemOrDefault(0)), rowId.Low, cursor.Batch));
        }

        return rows;
    }
}

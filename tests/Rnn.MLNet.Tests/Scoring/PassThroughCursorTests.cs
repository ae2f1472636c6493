namespace Rnn.MLNet.Tests.Scoring;

/// <summary>Cursors with the model's columns and without them agree in all but those.</summary>
public sealed class PassThroughCursorTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly List<Sequence<string>> _rows =
        [.. SyntheticSequences.Rows(200, seed: 2).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i })];

    private IDataView Data => SyntheticSequences.Keyed(trained.Context, _rows);

    [Theory]
    [InlineData("Weight")]
    [InlineData("Weight", "Score")]
    // Twice is once.
    [InlineData("Weight", "Score", "Weight", "Score")]
    [InlineData("Weight", "Weight")]
    public void Rows_come_in_order_with_their_numbers(params string[] columns)
    {
        var scored = trained.Model.Transform(Data);
        using var cursor = scored.GetRowCursor(columns.Select(name => scored.Schema[name]));
        var (weight, id) = (cursor.GetGetter<float>(scored.Schema["Weight"]), cursor.GetIdGetter());
        var (value, number) = (0f, default(DataViewRowId));

        Assert.Same(scored.Schema, cursor.Schema);
        Assert.Equal(-1, cursor.Position);
        Assert.Equal(columns.Distinct().Order(), scored.Schema.Where(cursor.IsColumnActive).Select(column => column.Name).Order());
        for (var row = 0; row < _rows.Count; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(row, cursor.Position);
            Assert.Equal(0, cursor.Batch);
            weight(ref value);
            Assert.Equal(row, value);
            id(ref number);
            Assert.Equal(new DataViewRowId((ulong)row, 0), number);
        }

        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void A_column_that_was_not_asked_for_is_refused()
    {
        var scored = trained.Model.Transform(Data);
        using var cursor = scored.GetRowCursor([scored.Schema["Weight"]]);

        Assert.Equal(
            "The column 'Features' was not requested when the cursor was created.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"])).Message);
        Assert.Equal(
            "The column 'Score' was not requested when the cursor was created.",
            Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"])).Message);
    }

    [Theory]
    [InlineData("Weight")]
    [InlineData("Score")]
    public void It_frees_its_source(string column)
    {
        var source = new ObservedView(Data);
        var scored = trained.Model.Transform(source);
        var cursor = scored.GetRowCursor([scored.Schema[column]]);
        Assert.True(cursor.MoveNext());
        Assert.Equal((1, 0), (source.CursorsOpened, source.CursorsDisposed));

        cursor.Dispose();

        Assert.Equal((1, 1), (source.CursorsOpened, source.CursorsDisposed));
    }

    [Theory]
    [InlineData("Weight")]
    [InlineData("Score")]
    public void An_input_that_has_fewer_rows_when_it_is_read_again_gives_fewer(string column)
    {
        var rows = _rows.ToList();
        var scored = trained.Model.Transform(trained.Context.Data.LoadFromEnumerable(Current()));
        Assert.Equal(200, Read().Count);
        var before = Read();

        rows.RemoveRange(130, 70);
        // Products of batches of other sizes may be rounded otherwise.
        Assert.Equal(before.Take(130).Select(value => MathF.Round(value, 5)), Read().Select(value => MathF.Round(value, 5)));
        rows.Clear();
        Assert.Empty(Read());
        rows.AddRange(_rows);
        Assert.Equal(before, Read());

        IEnumerable<Sequence<string>> Current()
        {
            foreach (var row in rows)
            {
                yield return row;
            }
        }

        List<float> Read()
        {
            using var cursor = scored.GetRowCursor([scored.Schema[column]]);
            var values = new List<float>();
            var (number, vector) = (0f, default(VBuffer<float>));
            ValueGetter<float>? weight = column == "Weight" ? cursor.GetGetter<float>(scored.Schema[column]) : null;
            var score = column == "Score" ? cursor.GetGetter<VBuffer<float>>(scored.Schema[column]) : null;
            while (cursor.MoveNext())
            {
                weight?.Invoke(ref number);
                score?.Invoke(ref vector);
                values.Add(column == "Weight" ? number : vector.GetItemOrDefault(0));
            }

            return values;
        }
    }

    [Fact]
    public void A_missing_feature_column_is_named_with_the_columns_that_can_be_seen()
    {
        var context = trained.Context;
        var scored = context.Transforms.DropColumns("Features").Fit(trained.Model.Transform(Data)).Transform(trained.Model.Transform(Data));

        var message = Assert.Throws<ArgumentException>(() => trained.Model.Transform(scored)).Message;

        // Those that they hide are not listed beside them.
        var names = string.Join(", ", scored.Schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'"));
        Assert.Equal($"The feature column 'Features' is not in the data, which has {names}.", message);
        Assert.Equal(4, names.Split(", ").Distinct().Count());
        Assert.True(scored.Schema.Count > 4);
    }

    [Fact]
    public void What_the_view_says_of_itself_is_what_its_input_says()
    {
        Assert.Equal(7, trained.Model.Transform(new AwkwardView(Data) { Claims = 7 }).GetRowCount());
        Assert.Null(trained.Model.Transform(new AwkwardView(Data) { Claims = null }).GetRowCount());
        Assert.False(trained.Model.Transform(Data).CanShuffle);
        Assert.True(trained.Model.Transform(trained.Context.Data.Cache(Data)).CanShuffle);
    }

    [Theory]
    [InlineData("Weight")]
    [InlineData("Score")]
    public void The_random_number_generator_shuffles_rows_that_can_be(string column)
    {
        var scored = trained.Model.Transform(trained.Context.Data.Cache(Data));
        var needed = new[] { scored.Schema["Weight"], scored.Schema[column] };

        Assert.Equal(Enumerable.Range(0, 200), Numbers(scored.GetRowCursor(needed)));
        var shuffled = Numbers(scored.GetRowCursor(needed, new Random(1)));
        Assert.NotEqual(Enumerable.Range(0, 200), shuffled);
        Assert.Equal(Enumerable.Range(0, 200), shuffled.Order());
        Assert.Equal(shuffled, Numbers(scored.GetRowCursorSet(needed, 4, new Random(1)).Single()));

        int[] Numbers(DataViewRowCursor cursor)
        {
            using (cursor)
            {
                var weight = cursor.GetGetter<float>(scored.Schema["Weight"]);
                var (numbers, number) = (new List<int>(), 0f);
                while (cursor.MoveNext())
                {
                    weight(ref number);
                    numbers.Add((int)number);
                }

                return [.. numbers];
            }
        }
    }
}

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>The way of a prediction engine: a row is read and scored when its score is asked for, once a position.</summary>
public sealed class ScoredRowTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly List<Sequence<string>> _rows = [.. SyntheticSequences.Rows(9, seed: 2).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i })];

    private IDataView Data => SyntheticSequences.Keyed(trained.Context, _rows);

    [Fact]
    public void A_row_is_read_once_whatever_is_asked_of_it_and_in_whatever_order()
    {
        var source = new CountedView(Data);
        var expected = trained.Model.Transform(Data);
        var (scores, keys) = (expected.Scores(), expected.Keys());
        using var cursor = source.GetRowCursor(source.Schema);
        var (mapper, row) = Row(cursor, "Score", "PredictedLabel");
        using (row)
        {
            var score = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
            var again = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
            var label = row.GetGetter<uint>(mapper.OutputSchema["PredictedLabel"]);
            for (var i = 0; cursor.MoveNext(); i++)
            {
                Assert.Equal(i, source.Reads);
                if (i % 2 == 0)
                {
                    Assert.Equal(keys[i], Read(label));
                    ScoreColumns.AssertAgree([scores[i]], [[.. Read(score).DenseValues()]], 1e-5);
                }
                else
                {
                    ScoreColumns.AssertAgree([scores[i]], [[.. Read(score).DenseValues()]], 1e-5);
                    Assert.Equal(keys[i], Read(label));
                }

                Assert.Equal(Read(score).DenseValues(), Read(again).DenseValues());
                Assert.Equal(i + 1, source.Reads);
                Assert.Equal(i, row.Position);
                Assert.Equal(cursor.Batch, row.Batch);
                Assert.Equal(Id(cursor), Id(row));
            }
        }
    }

    [Theory]
    [InlineData("PredictedLabel")]
    [InlineData("Score")]
    public void Either_column_may_be_asked_for_alone(string column)
    {
        var data = Data;
        var expected = trained.Model.Transform(data);
        using var cursor = data.GetRowCursor(data.Schema);
        var (mapper, row) = Row(cursor, column);
        using (row)
        {
            Assert.True(cursor.MoveNext());
            if (column == "Score")
            {
                ScoreColumns.AssertAgree([expected.Scores()[0]], [[.. Read(row.GetGetter<VBuffer<float>>(mapper.OutputSchema[column])).DenseValues()]], 1e-5);
            }
            else
            {
                Assert.Equal(expected.Keys()[0], Read(row.GetGetter<uint>(mapper.OutputSchema[column])));
            }
        }
    }

    [Fact]
    public void Columns_of_the_input_need_no_score()
    {
        var source = new CountedView(Data);
        using var cursor = source.GetRowCursor(source.Schema);
        var (mapper, row) = Row(cursor, "Weight");
        using (row)
        {
            var weight = row.GetGetter<float>(mapper.OutputSchema["Weight"]);
            for (var i = 0; cursor.MoveNext(); i++)
            {
                Assert.Equal(i, Read(weight));
            }

            Assert.Equal(0, source.Reads);
        }
    }

    [Fact]
    public void A_row_that_cannot_be_read_has_no_score_of_an_earlier_one()
    {
        var source = new AwkwardView(Data) { FailsAt = 1, FailsIn = "Features" };
        using var cursor = source.GetRowCursor(source.Schema);
        var (mapper, row) = Row(cursor, "Score", "PredictedLabel");
        using (row)
        {
            var score = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
            var label = row.GetGetter<uint>(mapper.OutputSchema["PredictedLabel"]);
            Assert.True(cursor.MoveNext());
            _ = Read(score);
            Assert.True(cursor.MoveNext());

            Assert.Throws<IOException>(() => Read(score));
            Assert.Throws<IOException>(() => Read(score));
            Assert.Throws<IOException>(() => Read(label));
            Assert.True(cursor.MoveNext());
            ScoreColumns.AssertAgree([trained.Model.Transform(Data).Scores()[2]], [[.. Read(score).DenseValues()]], 1e-5);
        }
    }

    [Fact]
    public void Its_columns_are_those_that_were_asked_for()
    {
        var data = Data;
        using var cursor = data.GetRowCursor([data.Schema["Features"], data.Schema["Label"]]);
        var (mapper, row) = Row(cursor, "Score", "Label", "Weight");
        using (row)
        {
            var schema = mapper.OutputSchema;

            Assert.Same(schema, row.Schema);
            Assert.Same(data.Schema, mapper.InputSchema);
            Assert.Equal(["Label", "Score"], schema.Where(row.IsColumnActive).Select(column => column.Name));
            Assert.Contains("'PredictedLabel' was not requested", Assert.Throws<InvalidOperationException>(() => row.GetGetter<uint>(schema["PredictedLabel"])).Message);
            // Asked for, but not by whoever made the input's row.
            Assert.Contains("'Weight' was not requested", Assert.Throws<InvalidOperationException>(() => row.GetGetter<float>(schema["Weight"])).Message);
            Assert.Contains("'Score' is Vector<Single, 3>; it cannot be read as System.Single", Assert.Throws<InvalidOperationException>(() => row.GetGetter<float>(schema["Score"])).Message);
        }
    }

    [Theory]
    [InlineData("Weight", "Weight")]
    [InlineData("Score", "Features")]
    [InlineData("PredictedLabel", "Features")]
    [InlineData("Score Weight", "Weight Features")]
    [InlineData("Score Features Label", "Features Label")]
    [InlineData("Weight Score Weight", "Weight Features")]
    [InlineData("", "")]
    public void It_needs_the_features_for_a_score_and_otherwise_what_is_asked_for(string asked, string needed)
    {
        var mapper = trained.Model.GetRowToRowMapper(Data.Schema);

        var dependencies = mapper.GetDependencies(Columns(mapper.OutputSchema, asked));

        Assert.Equal(needed.Split(' ', StringSplitOptions.RemoveEmptyEntries), dependencies.Select(column => column.Name));
        Assert.All(dependencies, column => Assert.Equal(Data.Schema[column.Name].Index, column.Index));
    }

    [Fact]
    public void A_disposed_row_frees_its_input_and_is_read_no_more()
    {
        var source = new AwkwardView(Data);
        var cursor = source.GetRowCursor(source.Schema);
        var (mapper, row) = Row(cursor, "Score");
        var score = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
        Assert.True(cursor.MoveNext());
        _ = Read(score);

        row.Dispose();
        row.Dispose();

        Assert.Equal(0, source.Readers);
        Assert.Throws<ObjectDisposedException>(() => Read(score));
    }

    private (IRowToRowMapper Mapper, DataViewRow Row) Row(DataViewRow input, params string[] columns)
    {
        var mapper = trained.Model.GetRowToRowMapper(input.Schema);
        return (mapper, mapper.GetRow(input, Columns(mapper.OutputSchema, string.Join(' ', columns))));
    }

    private static DataViewSchema.Column[] Columns(DataViewSchema schema, string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => schema[name])];

    private static DataViewRowId Id(DataViewRow row) => Read(row.GetIdGetter());

    private static T Read<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }
}

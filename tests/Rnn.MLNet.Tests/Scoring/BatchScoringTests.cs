namespace Rnn.MLNet.Tests.Scoring;

/// <summary>Batches are a matter of speed: every row has the scores that it has alone.</summary>
public sealed class BatchScoringTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(200)]
    public void Scores_do_not_depend_on_the_rows_beside(int count)
    {
        var rows = SyntheticSequences.Rows(count, seed: 2).ToList();
        float[][] alone = [.. rows.Select(row => trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, [row])).Scores().Single())];

        ScoreColumns.AssertAgree(alone, trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, rows)).Scores(), 1e-6);
    }

    [Fact]
    public void The_one_row_path_gives_the_same_scores()
    {
        var rows = SyntheticSequences.Rows(100, seed: 2).ToList();
        // Not disposed: an engine disposes its model.
        var engine = trained.Context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(trained.Model);

        float[][] alone = [.. rows.Select(row => engine.Predict(row).Score)];

        ScoreColumns.AssertAgree(alone, trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, rows)).Scores(), 1e-5);
    }

    [Fact]
    public void Columns_of_the_input_stay_in_step_with_the_scores()
    {
        var rows = SyntheticSequences.Rows(150, seed: 2).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i });
        var view = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, rows));
        var scores = view.Scores();
        var weight = 0f;
        VBuffer<float> score = default;

        using var cursor = view.GetRowCursor([view.Schema["Weight"], view.Schema["Score"]]);
        var readWeight = cursor.GetGetter<float>(view.Schema["Weight"]);
        var readScore = cursor.GetGetter<VBuffer<float>>(view.Schema["Score"]);
        var row = 0;
        for (; cursor.MoveNext(); row++)
        {
            readWeight(ref weight);
            Assert.Equal(row, weight);
            Assert.Equal(row, cursor.Position);
            // Not every row is read, and some twice.
            for (var times = row % 3; times > 0; times--)
            {
                readScore(ref score);
                Assert.Equal(scores[row], score.DenseValues());
            }
        }

        Assert.Equal(150, row);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Rows_keep_their_identifiers()
    {
        var source = SyntheticSequences.Keyed(trained.Context, 150);

        Assert.Equal(Ids(source, "Features"), Ids(trained.Model.Transform(source), "Score"));

        static List<DataViewRowId> Ids(IDataView view, string column)
        {
            using var cursor = view.GetRowCursor([view.Schema[column]]);
            var getter = cursor.GetIdGetter();
            var ids = new List<DataViewRowId>();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                getter(ref id);
                ids.Add(id);
            }

            return ids;
        }
    }

    [Fact]
    public void The_predicted_label_is_the_key_of_the_greatest_score()
    {
        var view = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, 100, seed: 2));

        Assert.Equal(view.Scores().Select(scores => (uint)Array.IndexOf(scores, scores.Max()) + 1), view.Keys());
        Assert.All(view.Scores(), scores => Assert.Equal(1, scores.Sum(), 1e-5));
    }

    [Fact]
    public void Several_threads_may_share_a_model()
    {
        var rows = SyntheticSequences.Rows(300, seed: 2).ToList();
        var view = trained.Model.Transform(SyntheticSequences.Keyed(trained.Context, rows));
        var expected = view.Scores();

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            ScoreColumns.AssertAgree(expected, view.Scores(), 1e-6);
            var engine = new MLContext(seed: i).Model.CreatePredictionEngine<Sequence<string>, Prediction>(trained.Model);
            ScoreColumns.AssertAgree(expected, [.. rows.Select(row => engine.Predict(row).Score)], 1e-5);
        });
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}

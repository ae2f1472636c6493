namespace Rnn.MLNet.Tests.Saving;

/// <summary>A loaded model hands on every column of the data that the fitted one hands on, also those that only the data to score has.</summary>
public sealed class LoadedColumnTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("Score", "PredictedLabel")]
    [InlineData("Probabilities", "Guess")]
    [InlineData("Score", "Guess")]
    [InlineData("Probabilities", "PredictedLabel")]
    public void A_column_that_only_the_data_to_score_has_is_kept(string score, string predictedLabel)
    {
        var train = SyntheticSequences.Keyed(_context, 48);
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 3, ScoreColumnName = score, PredictedLabelColumnName = predictedLabel });
        _context.Model.Save(model, train.Schema, _file.Path);
        var loaded = new MLContext().Model.Load(_file.Path, out _);
        var data = _context.Data.LoadFromEnumerable(SyntheticSequences.Rows(9).Select((row, i) => new Scored
        {
            Features = row.Features,
            ClassIndex = i,
            ClassIndex2 = 10 + i,
            ClassScore = 20 + i,
            Probabilities = 30 + i,
            Hash = (uint)i,
            Key = 40 + i,
            Score = 50 + i,
            PredictedLabel = $"known before {i}",
        }).ToList());

        var (before, after) = (model.Transform(data), loaded.Transform(data));

        Assert.Equal(Visible(before), Visible(after));
        Assert.Equal(data.GetColumn<float>("ClassIndex"), after.GetColumn<float>("ClassIndex"));
        Assert.Equal(data.GetColumn<float>("ClassScore"), after.GetColumn<float>("ClassScore"));
        ScoreColumns.AssertAgree(before.Scores(score), after.Scores(score), 1e-6);
        Assert.Equal(before.Keys(predictedLabel), after.Keys(predictedLabel));
        if (score != "Score")
        {
            Assert.Equal(data.GetColumn<float>("Score"), after.GetColumn<float>("Score"));
        }

        if (predictedLabel != "PredictedLabel")
        {
            Assert.Equal(data.GetColumn<string>("PredictedLabel"), after.GetColumn<string>("PredictedLabel"));
        }
    }

    [Fact]
    public void Data_to_score_needs_the_features_alone()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 3 });
        _context.Model.Save(model, SyntheticSequences.Keyed(_context, 1).Schema, _file.Path);
        var data = _context.Data.LoadFromEnumerable(SyntheticSequences.Rows(5).Select(row => new Unlabelled { Features = row.Features }).ToList());

        var after = new MLContext().Model.Load(_file.Path, out _).Transform(data);

        Assert.Equal(["Features", "PredictedLabel", "Score"], after.Schema.Where(column => !column.IsHidden).Select(column => column.Name).Order());
        Assert.Equal(model.Transform(data).Keys(), after.Keys());
    }

    [Fact]
    public void Two_models_stand_in_one_pipeline()
    {
        var text = SyntheticSequences.Text(_context, 48);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 3 }))
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 3, Seed = 2, ScoreColumnName = "Second", PredictedLabelColumnName = "SecondLabel" }));
        var model = pipeline.Fit(text);
        _context.Model.Save(model, text.Schema, _file.Path);

        var (before, after) = (model.Transform(text), new MLContext().Model.Load(_file.Path, out _).Transform(text));

        Assert.Equal(Visible(before), Visible(after));
        ScoreColumns.AssertAgree(before.Scores(), after.Scores(), 1e-6);
        ScoreColumns.AssertAgree(before.Scores("Second"), after.Scores("Second"), 1e-6);
    }

    private static IEnumerable<string> Visible(IDataView view) =>
        view.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}").Order();

    private sealed class Unlabelled
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Features { get; set; } = [];

        public float ClassIndex { get; set; }

        public float ClassIndex2 { get; set; }

        public float ClassScore { get; set; }

        public float Probabilities { get; set; }

        public uint Hash { get; set; }

        public float Key { get; set; }

        public float Score { get; set; }

        public string PredictedLabel { get; set; } = "";
    }
}

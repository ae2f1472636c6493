namespace Rnn.MLNet.Tests.Saving;

/// <summary>The ways that docs/deploying.md names to score rows whose class has no label, with a saved pipeline that begins with MapValueToKey.</summary>
public sealed class UnlabelledRowTests : IDisposable
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { MaxSteps = 3 };

    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");
    private readonly List<Sequence<string>> _rows = [.. SyntheticSequences.Rows(5, seed: 2)];

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_whole_pipeline_asks_for_the_label(bool asNetwork)
    {
        using var model = Save(new EstimatorChain<ITransformer>().Append(_context.Transforms.Conversion.MapValueToKey("Label")), whole: true);
        var loaded = Load(asNetwork);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Engine<Unlabelled>(loaded));

        Assert.Contains("'Label'", refusal.Message, StringComparison.Ordinal);
        AssertScoresLike(model, row => Engine<Sequence<string>>(loaded).Predict(new Sequence<string> { Features = row.Features, Label = "" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_its_first_transformer_it_does_not(bool asNetwork)
    {
        using var model = Save(new EstimatorChain<ITransformer>().Append(_context.Transforms.Conversion.MapValueToKey("Label")), whole: true);

        var loaded = (TransformerChain<ITransformer>)Load(asNetwork);
        var withoutLabel = new TransformerChain<ITransformer>([.. loaded.Skip(1)]);

        using var engine = Engine<Unlabelled>(withoutLabel);
        AssertScoresLike(model, row => engine.Predict(new Unlabelled { Features = row.Features }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Saved_for_scoring_it_does_not(bool asNetwork)
    {
        using var model = Save(
            new EstimatorChain<ITransformer>().Append(_context.Transforms.Conversion.MapValueToKey("Label"), TransformerScope.TrainTest),
            whole: false);

        using var engine = Engine<Unlabelled>(Load(asNetwork));
        AssertScoresLike(model, row => engine.Predict(new Unlabelled { Features = row.Features }));
    }

    private TransformerChain<ITransformer> Save<TLast>(EstimatorChain<TLast> beginning, bool whole)
        where TLast : class, ITransformer
    {
        var train = SyntheticSequences.Text(_context, 48);
        var model = beginning.Append<ITransformer>(_context.Transforms.RnnClassifier(Options))
            .Append<ITransformer>(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Fit(train);
        _context.Model.Save(whole ? model : model.GetModelFor(TransformerScope.Scoring), train.Schema, _file.Path);
        return model;
    }

    private ITransformer Load(bool asNetwork) =>
        asNetwork ? new MLContext().Model.LoadRnn(_file.Path, out _) : new MLContext().Model.Load(_file.Path, out _);

    private PredictionEngine<TRow, Prediction> Engine<TRow>(ITransformer model)
        where TRow : class =>
        _context.Model.CreatePredictionEngine<TRow, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false });

    private void AssertScoresLike(ITransformer model, Func<Sequence<string>, Prediction> predict)
    {
        var expected = model.Transform(_context.Data.LoadFromEnumerable(_rows));
        var actual = _rows.Select(predict).ToList();

        ScoreColumns.AssertAgree(expected.Scores(), [.. actual.Select(prediction => prediction.Score)], 1e-5);
        Assert.Equal(expected.GetColumn<string>("Colour"), actual.Select(prediction => prediction.Colour));
    }

    private sealed class Unlabelled
    {
        [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];

        public string Colour { get; set; } = "";
    }
}

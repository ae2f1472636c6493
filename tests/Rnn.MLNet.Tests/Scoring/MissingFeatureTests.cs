namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A row with a feature that is no number has no class, on every path; the rows beside it keep theirs.</summary>
public sealed class MissingFeatureTests : IDisposable
{
    private static readonly int[] Missing = [0, 5, 128, 134];

    private readonly MLContext _context = new(seed: 1);
    private readonly List<Sequence<string>> _rows = [.. SyntheticSequences.Rows(135, seed: 2)];
    private readonly ITransformer _model;

    public MissingFeatureTests()
    {
        _model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { Epochs = 12 }))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Fit(SyntheticSequences.Text(_context, 96));
        (_rows[0].Features[0], _rows[5].Features[11], _rows[128].Features[4], _rows[134].Features[7]) =
            (float.NaN, float.NaN, float.PositiveInfinity, float.NegativeInfinity);
    }

    public void Dispose() => (_model as IDisposable)?.Dispose();

    [Fact]
    public void In_a_view()
    {
        AssertMissing(_model.Transform(_context.Data.LoadFromEnumerable(_rows)));
    }

    [Fact]
    public void In_a_view_of_a_reloaded_model()
    {
        using var file = new TemporaryFile(".zip");
        _context.Model.Save(_model, SyntheticSequences.Text(_context, 1).Schema, file.Path);
        var context = new MLContext();

        AssertMissing(context.Model.Load(file.Path, out _).Transform(context.Data.LoadFromEnumerable(_rows)));
    }

    [Fact]
    public void In_a_prediction_engine()
    {
        using var engine = _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(_model);

        for (var i = 0; i < _rows.Count; i++)
        {
            var prediction = engine.Predict(_rows[i]);
            var missing = Missing.Contains(i);
            Assert.All(prediction.Score, score => Assert.Equal(missing, float.IsNaN(score)));
            Assert.Equal(missing, prediction.PredictedLabel == 0);
            Assert.Equal(missing ? "" : _rows[i].Label, prediction.Colour ?? "");
        }
    }

    private void AssertMissing(IDataView view)
    {
        var scores = view.Scores();
        var keys = view.Keys();
        var colours = view.GetColumn<string>("Colour").ToArray();
        Assert.Equal(_rows.Count, scores.Length);
        for (var i = 0; i < _rows.Count; i++)
        {
            var missing = Missing.Contains(i);
            Assert.All(scores[i], score => Assert.Equal(missing, float.IsNaN(score)));
            Assert.Equal(missing, keys[i] == 0);
            Assert.Equal(missing ? "" : _rows[i].Label, colours[i] ?? "");
        }
    }

    private sealed class Prediction
    {
        public uint PredictedLabel { get; set; }

        public string? Colour { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>
/// ML.NET's ConvertToOnnx does not see the network. It fails, and the error points to ExportOnnx; nothing else minds the column that makes it fail.
/// </summary>
public sealed class OnnxConversionTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;
    private readonly ITransformer _model;

    public OnnxConversionTests()
    {
        _data = SyntheticSequences.Text(_context, 24);
        _model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.NormalizeMinMax("Features"))
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1, TimeSteps = 6 }))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Colour", "PredictedLabel"))
            .Fit(_data);
    }

    [Fact]
    public void A_pipeline_is_refused()
    {
        Refused(stream => _context.Model.ConvertToOnnx(_model, _data, stream));
        Refused(stream => _context.Model.ConvertToOnnx(_model, _data, stream, "Score"));
        Refused(stream => _context.Model.ConvertToOnnx(_model, _data, 12, stream));
    }

    [Fact]
    public void The_model_alone_is_refused()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });

        Refused(stream => _context.Model.ConvertToOnnx(model, SyntheticSequences.Keyed(_context, 3), stream));
    }

    [Fact]
    public void The_marker_is_hidden_and_hinders_nothing()
    {
        var scored = _model.Transform(_data);

        Assert.Equal(["Features", "Label", "Weight", "Score", "PredictedLabel", "Colour"], scored.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        Assert.Equal(24, _context.Data.Cache(scored).Scores().Length);
        Assert.Equal(24, _context.Data.ShuffleRows(scored).Keys().Length);
        Assert.Contains(scored.Preview().ColumnView, column => column.Column.Name == "Score" && !column.Column.IsHidden && column.Values.Length == 24);
        Assert.Equal(24, _context.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).Count());
        using MemoryStream text = new(), binary = new();
        _context.Data.SaveAsText(scored, text);
        _context.Data.SaveAsBinary(scored, binary);
        Assert.InRange(_context.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0, 1);
        using var next = new MemoryStream();
        _context.Model.Save(_context.Transforms.CopyColumns("Second", "Score").Fit(scored), scored.Schema, next);
        _context.Model.Load(next, out var schema);
        Assert.Contains(schema, column => column.Name == "Score");
    }

    private static void Refused(Action<Stream> convert)
    {
        using var stream = new MemoryStream();

        var error = Assert.Throws<InvalidOperationException>(() => convert(stream));

        Assert.Contains("ConvertToOnnxCannotSeeTheNetworkCallExportOnnxOfTheTransformer", error.Message);
        Assert.Equal(0, stream.Length);
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}

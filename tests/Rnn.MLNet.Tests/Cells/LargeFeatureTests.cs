using Rnn.MLNet.Tests.ReferenceValues;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>A finite feature, however large, means the same to the fitted model and to the saved one.</summary>
public sealed class LargeFeatureTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void Features_of_1e20_give_the_same_scores(string cell)
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Cell = CellSamples.All[cell] });
        var rows = SyntheticSequences.Rows(30, seed: 2).ToList();
        rows.ForEach(row => System.Numerics.Tensors.TensorPrimitives.Multiply<float>(row.Features, 1e20f, row.Features));
        var large = SyntheticSequences.Keyed(_context, rows);
        using var zip = new MemoryStream();
        _context.Model.Save(model, large.Schema, zip);
        zip.Position = 0;

        var fitted = model.Transform(large);
        var reloaded = _context.Model.Load(zip, out _).Transform(large);

        Assert.All(fitted.Scores().SelectMany(scores => scores), score => Assert.True(float.IsFinite(score)));
        ScoreColumns.AssertAgree(fitted.Scores(), reloaded.Scores(), 1e-5);
        Assert.Equal(fitted.Keys(), reloaded.Keys());
    }

    /// <summary>The state of a cell with ReLU has no bound. ONNX Runtime's own Relu would make 0 of NaN.</summary>
    [Fact]
    public void A_state_that_overflows_gives_no_number_in_the_saved_model_either()
    {
        var random = new Random(1);
        float Draw() => 6 * random.NextSingle() - 3;
        var options = new RnnClassifierOptions { Cell = new BasicRnnCell(6) { Activation = RnnActivation.Relu } };
        var weights = new TensorFlowWeights
        {
            Layers = TensorFlowCells.Layers(options, SyntheticSequences.Values, Draw),
            OutputKernel = TensorFlowCells.Tensor(Draw, 6, 3),
            OutputBias = TensorFlowCells.Tensor(Draw, 3),
        };
        var rows = SyntheticSequences.Rows(30, seed: 2).ToList();
        rows.ForEach(row => System.Numerics.Tensors.TensorPrimitives.Multiply<float>(row.Features, 1e36f, row.Features));
        var large = SyntheticSequences.Keyed(_context, rows);
        using var model = _context.Transforms.RnnClassifierFromTensorFlow(options, weights).Fit(large);
        using var zip = new MemoryStream();
        _context.Model.Save(model, large.Schema, zip);
        zip.Position = 0;

        Assert.All(model.Transform(large).Scores().SelectMany(scores => scores), score => Assert.Equal(float.NaN, score));
        Assert.All(_context.Model.Load(zip, out _).Transform(large).Scores().SelectMany(scores => scores), score => Assert.Equal(float.NaN, score));
    }
}

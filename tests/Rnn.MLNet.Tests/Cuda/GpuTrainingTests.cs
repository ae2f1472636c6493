using Rnn.MLNet.Tests.Cells;

namespace Rnn.MLNet.Tests.Cuda;

/// <summary>A training on the GPU computes what it computes on the processor, within what float32 rounds.</summary>
public sealed class GpuTrainingTests
{
    public static TheoryData<string> Cells => CellSamples.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell(string name)
    {
        AssertSame(Gpu.Options with { Cell = CellSamples.All[name] });
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_stacked_and_bidirectional(string name)
    {
        AssertSame(Gpu.Options with { Cell = CellSamples.All[name], Layers = 2, Bidirectional = true, ReadOut = ReadOut.MeanPool, LearningRate = 0.01, MaxSteps = 8 });
    }

    [Theory]
    [InlineData(ReadOut.FinalState)]
    [InlineData(ReadOut.LastOutput)]
    [InlineData(ReadOut.MeanPool)]
    public void Every_read_out(ReadOut readOut)
    {
        AssertSame(Gpu.Options with { Bidirectional = true, ReadOut = readOut });
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    public void Every_optimizer(OptimizerKind optimizer)
    {
        AssertSame(Gpu.Options with { Optimizer = optimizer, WeightDecay = 0.01, LearningRate = optimizer == OptimizerKind.Sgd ? 0.1 : 0.01 });
    }

    /// <summary>The masks are drawn on the processor, so they are the same.</summary>
    [Fact]
    public void Dropout()
    {
        AssertSame(Gpu.Options with { Dropout = 0.4, Layers = 2 });
    }

    [Fact]
    public void Validation_and_early_stopping()
    {
        AssertSame(Gpu.Options with
        {
            Epochs = 30,
            ValidationFraction = 0.25,
            EarlyStoppingPatience = 2,
            LearningRate = 0.3,
            LearningRateSchedule = LearningRateSchedule.Constant,
            MaxSteps = 40,
        });
    }

    [Fact]
    public void Weighted_rows()
    {
        Gpu.Require();
        var context = new MLContext(seed: 1);
        var rows = SyntheticSequences.Rows(96).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i % 4 });
        var data = SyntheticSequences.Keyed(context, rows);
        var options = Gpu.Options with { ExampleWeightColumnName = "Weight" };
        using var processor = context.Transforms.RnnClassifier(options with { Device = RnnDevice.Cpu }).Fit(data);
        using var gpu = context.Transforms.RnnClassifier(options).Fit(data);

        Gpu.AssertAgree(processor, gpu);
    }

    [Fact]
    public void Streamed_rows()
    {
        AssertSame(Gpu.Options with { CacheRows = CacheRows.None, ValidationFraction = 0.2 });
    }

    /// <summary>Sizes for which cuDNN has kernels of their own.</summary>
    [Fact]
    public void A_layer_of_the_usual_size()
    {
        AssertSame(Gpu.Options with { Cell = new BasicLstmCell(128), BatchSize = 64, LearningRate = 0.003 }, rows: 256);
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("basic lstm")]
    [InlineData("gru, reset after")]
    public void Bfloat16_learns(string name)
    {
        using var model = Gpu.Fit(Gpu.Options with { Cell = CellSamples.All[name], Precision = RnnPrecision.BFloat16, Epochs = 20 }, rows: 192);

        Assert.Equal(RnnPrecision.BFloat16, model.History.Precision);
        Assert.True(model.History.Epochs[^1].Loss < 0.5 * model.History.Epochs[0].Loss, $"{model.History.Epochs[0].Loss} to {model.History.Epochs[^1].Loss}");
    }

    private static void AssertSame(RnnClassifierOptions options, int rows = 96)
    {
        using var processor = Gpu.FitOnTheProcessor(options, rows);
        using var gpu = Gpu.Fit(options, rows);

        Gpu.AssertAgree(processor, gpu);
    }
}

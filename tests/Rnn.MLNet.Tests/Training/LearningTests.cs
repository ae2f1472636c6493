namespace Rnn.MLNet.Tests.Training;

/// <summary>Every cell, optimiser and schedule learns to remember the first step of a sequence.</summary>
public sealed class LearningTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Epochs = 12 };

    public static TheoryData<RnnCell> Cells => [new BasicRnnCell(6), new BasicRnnCell(6) { Activation = RnnActivation.Relu }, new BasicLstmCell(6), new GruCell(6)];

    [Theory]
    [MemberData(nameof(Cells), DisableDiscoveryEnumeration = true)]
    public void Each_cell_learns(RnnCell cell)
    {
        AssertLearns(Options with { Cell = cell });
    }

    [Theory]
    [InlineData(ReadOut.FinalState)]
    [InlineData(ReadOut.LastOutput)]
    [InlineData(ReadOut.MeanPool)]
    public void Each_read_out_learns_in_deep_networks_of_both_directions(ReadOut readOut)
    {
        AssertLearns(Options with { ReadOut = readOut, Layers = 2, Bidirectional = true });
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, 0.03)]
    [InlineData(OptimizerKind.AdamW, 0.03)]
    [InlineData(OptimizerKind.Sgd, 1.0)]
    [InlineData(OptimizerKind.RmsProp, 0.02)]
    public void Each_optimizer_lowers_the_loss(OptimizerKind optimizer, double learningRate)
    {
        AssertLearns(Options with { Optimizer = optimizer, LearningRate = learningRate });
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant)]
    [InlineData(LearningRateSchedule.Cosine)]
    [InlineData(LearningRateSchedule.OneCycle)]
    public void Each_schedule_lowers_the_loss(LearningRateSchedule schedule)
    {
        AssertLearns(Options with { LearningRateSchedule = schedule });
    }

    [Fact]
    public void The_defaults_learn()
    {
        AssertLearns(new RnnClassifierOptions { Cell = new BasicLstmCell(16), Seed = 1, Threads = 2, BatchSize = 16, Epochs = 40 });
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    public void Weight_decay_changes_what_is_learned(OptimizerKind optimizer)
    {
        var options = SyntheticSequences.Options with { Optimizer = optimizer, MaxSteps = 3 };

        Assert.NotEqual(Weights(options), Weights(options with { WeightDecay = 0.1 }));
    }

    [Fact]
    public void A_bound_on_the_gradient_acts_only_where_the_gradient_is_larger()
    {
        var options = SyntheticSequences.Options with { Optimizer = OptimizerKind.Sgd, MaxSteps = 3, GradientClipNorm = null };

        Assert.NotEqual(Weights(options), Weights(options with { GradientClipNorm = 0.01 }));
        Assert.Equal(Weights(options), Weights(options with { GradientClipNorm = 1e6 }));
    }

    [Fact]
    public void A_bound_on_the_gradient_is_the_length_of_a_plain_step()
    {
        var data = SyntheticSequences.Keyed(new MLContext(seed: 1), 30);
        var step = SyntheticSequences.Options with
        {
            Optimizer = OptimizerKind.Sgd,
            MaxSteps = 1,
            LearningRate = 0.1,
            LearningRateSchedule = LearningRateSchedule.Constant,
        };
        float[][] Scores(RnnClassifierOptions options)
        {
            using var model = SyntheticSequences.Fit(options);
            return model.Transform(data).Scores();
        }

        var start = Scores(step with { LearningRate = 1e-9 });
        double Moved(double bound) => start.Zip(Scores(step with { GradientClipNorm = bound })).Max(pair => Math.Abs(pair.First[0] - pair.Second[0]));

        // Steps this small move the scores in proportion.
        var norm = Moved(1e6) / Moved(0.01) * 0.01;

        Assert.Equal(2, Moved(0.02) / Moved(0.01), 0.1);
        Assert.Equal(0.8, Moved(0.8 * norm) / Moved(1e6), 0.05);
        Assert.Equal(1, Moved(1.2 * norm) / Moved(1e6), 1e-9);
    }

    private static void AssertLearns(RnnClassifierOptions options)
    {
        using var model = SyntheticSequences.Fit(options);
        var epochs = model.History.Epochs;
        var context = new MLContext(seed: 1);
        var metrics = context.MulticlassClassification.Evaluate(model.Transform(SyntheticSequences.Keyed(context, 90, seed: 2)));

        Assert.True(epochs[^1].Loss < 0.5 * epochs[0].Loss, $"loss {epochs[0].Loss} became {epochs[^1].Loss}");
        Assert.True(metrics.MicroAccuracy > 0.85, $"accuracy {metrics.MicroAccuracy}");
    }

    private static string Weights(RnnClassifierOptions options)
    {
        using var model = SyntheticSequences.Fit(options);
        return model.WeightBits();
    }
}

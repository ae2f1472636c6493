namespace Rnn.MLNet.Tests.Training;

/// <summary>A seed and a number of threads fix every bit of the weights.</summary>
public sealed class DeterminismTests
{
    private static readonly RnnClassifierOptions Dropping = SyntheticSequences.Options with
    {
        Cell = new GruCell(5),
        Layers = 2,
        Bidirectional = true,
        Dropout = 0.3,
        ValidationFraction = 0.2,
        EarlyStoppingPatience = 1,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_and_threads_give_the_same_bits(int threads)
    {
        var options = Dropping with { Threads = threads, BatchSize = 32 };

        Assert.Equal(Weights(options), Weights(options));
    }

    [Fact]
    public void A_second_fit_of_an_estimator_gives_the_same_bits()
    {
        var context = new MLContext(seed: 1);
        var data = SyntheticSequences.Keyed(context, 96);
        var estimator = context.Transforms.RnnClassifier(Dropping with { Seed = null });

        using var first = estimator.Fit(data);
        using var second = estimator.Fit(data);

        Assert.Equal(first.WeightBits(), second.WeightBits());
        Assert.Equal(first.History.Epochs.Select(epoch => epoch.Loss), second.History.Epochs.Select(epoch => epoch.Loss));
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        Assert.Equal(5, Enumerable.Range(0, 5).Select(seed => Weights(SyntheticSequences.Options with { Seed = seed })).Distinct().Count());
    }

    [Fact]
    public void Dropout_changes_what_is_learned_and_nothing_when_scoring()
    {
        var context = new MLContext(seed: 1);
        using var model = SyntheticSequences.Fit(Dropping);
        var scored = model.Transform(SyntheticSequences.Keyed(context, 20));

        Assert.NotEqual(Weights(Dropping with { Dropout = 0 }), model.WeightBits());
        ScoreColumns.AssertAgree(scored.Scores(), scored.Scores(), 0);
    }

    [Fact]
    public void Two_threads_take_the_step_that_one_takes()
    {
        // One plain step that is large enough to be seen, without a bound that would hide a gradient of another size.
        var step = SyntheticSequences.Options with
        {
            MaxSteps = 1,
            BatchSize = 64,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 2,
            LearningRateSchedule = LearningRateSchedule.Constant,
            GradientClipNorm = null,
        };
        var data = SyntheticSequences.Keyed(new MLContext(seed: 1), 60);
        float[][] Scores(RnnClassifierOptions options)
        {
            using var model = SyntheticSequences.Fit(options, rows: 63);
            return model.Transform(data).Scores();
        }

        var one = Scores(step);

        ScoreColumns.AssertAgree(one, Scores(step with { Threads = 2 }), 1e-5);
        ScoreColumns.AssertAgree(one, Scores(step with { Threads = 3 }), 1e-5);
        var moved = one.Zip(Scores(step with { LearningRate = 1e-6 })).Max(pair => Math.Abs(pair.First[0] - pair.Second[0]));
        Assert.True(moved > 0.01, "The step is too small to tell anything.");
    }

    private static string Weights(RnnClassifierOptions options)
    {
        using var model = SyntheticSequences.Fit(options);
        return model.WeightBits();
    }
}

namespace Rnn.MLNet.Tests.Options;

/// <summary>What the documentation says an option is if nobody sets it.</summary>
public sealed class OptionDefaultTests
{
    [Fact]
    public void Options_are_what_their_documentation_says()
    {
        var options = new RnnClassifierOptions();

        Assert.Equal(
            ("Label", "Features", "Score", "PredictedLabel"),
            (options.LabelColumnName, options.FeatureColumnName, options.ScoreColumnName, options.PredictedLabelColumnName));
        Assert.Equal(new BasicLstmCell(128), options.Cell);
        Assert.Equal((1, false, 0.0), (options.Layers, options.Bidirectional, options.Dropout));
        Assert.Equal((ReadOut.FinalState, WeightInitializer.GlorotUniform), (options.ReadOut, options.OutputInitializer));
        Assert.Equal((OptimizerKind.Adam, LearningRateSchedule.OneCycle), (options.Optimizer, options.LearningRateSchedule));
        Assert.Equal((0.0, 1.0), (options.WeightDecay, options.GradientClipNorm));
        Assert.Equal((InputScaling.Auto, MissingValues.Refuse, ClassWeights.None), (options.InputScaling, options.MissingValues, options.ClassWeights));
        Assert.Equal(
            (RnnDevice.Auto, RnnPrecision.Auto, CacheRows.Auto, OnCancel.Throw), (options.Device, options.Precision, options.CacheRows, options.OnCancel));
        Assert.All(
            [
                options.BatchSize, options.Epochs, options.ValidationFraction, options.ExampleWeightColumnName, options.TimeSteps, options.LearningRate, options.ScheduleEpochs, options.MaxSteps, options.ValidationSet,
                options.EarlyStoppingPatience, options.Seed, options.Threads, options.Shards, options.CheckpointPath, options.CheckpointInterval, options.Progress,
            ],
            (object? option) => Assert.Null(option));
        Assert.Equal(CancellationToken.None, options.CancellationToken);
    }

    [Fact]
    public void Cells_are_what_their_documentation_says()
    {
        Assert.Equal("BasicRnnCell { Units = 3, Activation = Tanh }", new BasicRnnCell(3).ToString());
        Assert.Equal("BasicLstmCell { Units = 3, ForgetBias = 1 }", new BasicLstmCell(3).ToString());
        Assert.Equal("GruCell { Units = 3, ResetAfter = True, UpdateBias = 1 }", new GruCell(3).ToString());
        Assert.Equal(
            "LstmCell { Units = 3, ForgetBias = 1, UsePeepholes = False, CellClip = null, ProjectionSize = null, ProjectionClip = null }",
            new LstmCell(3).ToString());
        Assert.Equal(
            "LayerNormBasicLstmCell { Units = 3, ForgetBias = 1, LayerNorm = True, NormGain = 1, NormShift = 0, DropoutKeepProb = 1 }",
            new LayerNormBasicLstmCell(3).ToString());
        Assert.Equal("BasicLstmCell { Units = 3, ForgetBias = 0.5 }", new BasicLstmCell(3) { ForgetBias = 0.5 }.ToString());
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, 0.003)]
    [InlineData(OptimizerKind.AdamW, 0.003)]
    [InlineData(OptimizerKind.Sgd, 0.1)]
    [InlineData(OptimizerKind.RmsProp, 0.001)]
    public void The_learning_rate_is_that_of_the_optimizer(OptimizerKind optimizer, double expected)
    {
        using var model = SyntheticSequences.Fit(
            SyntheticSequences.Options with { Optimizer = optimizer, LearningRate = null, LearningRateSchedule = LearningRateSchedule.Constant, MaxSteps = 1 });

        Assert.Equal(expected, model.History.Epochs[0].LearningRate);
    }

    /// <summary>The simple overload with nothing said, and with everything said, against the options.</summary>
    [Fact]
    public void The_simple_overload_has_the_same()
    {
        var listener = new Listener();
        // The seed comes from the context, from which data made with it would draw too.
        var data = SyntheticSequences.Keyed(new MLContext(seed: 1), 48);
        using var simple = new MLContext(seed: 1).Transforms.RnnClassifier().Fit(data);
        using var options = new MLContext(seed: 1).Transforms.RnnClassifier(new RnnClassifierOptions { Progress = listener }).Fit(data);

        Assert.Equal(options.WeightBits(), simple.WeightBits());
        Assert.Equal(options.History.Epochs.Count, simple.History.Epochs.Count);
        Assert.Equal(334, simple.History.PlannedEpochs);
        Assert.Equal(334, listener.Reports[0].Epochs);
    }
}

using Xunit;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>What the documentation says an option is if nobody sets it.</summary>
public sealed class OptionDefaults
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
        Assert.Equal((0.0, 1.0, 128, 10, 0.0), (options.WeightDecay, options.GradientClipNorm, options.BatchSize, options.Epochs, options.ValidationFraction));
        Assert.Equal(
            (RnnDevice.Auto, RnnPrecision.Auto, CacheRows.Auto, OnCancel.Throw), (options.Device, options.Precision, options.CacheRows, options.OnCancel));
        Assert.All(
            [
                options.ExampleWeightColumnName, options.TimeSteps, options.LearningRate, options.ScheduleEpochs, options.MaxSteps, options.ValidationSet,
                options.EarlyStoppingPatience, options.Seed, options.Threads, options.Shards, options.CheckpointPath, options.CheckpointInterval, options.Progress,
            ],
            (object? option) => Assert.Null(option));
        Assert.Equal(CancellationToken.None, options.CancellationToken);
    }

    [Fact]
    public void Cells_are_what_their_documentation_says()
    {
        Assert.Equal("BasicRnnCell { Units = 3 }", new BasicRnnCell(3).ToString());
        Assert.Equal("BasicLstmCell { Units = 3, ForgetBias = 1 }", new BasicLstmCell(3).ToString());
        Assert.Equal("GruCell { Units = 3, ResetAfter = True }", new GruCell(3).ToString());
        Assert.Equal(
            "LstmCell { Units = 3, ForgetBias = 1, UsePeepholes = False, CellClip = null, ProjectionSize = null, ProjectionClip = null }",
            new LstmCell(3).ToString());
        Assert.Equal(
            "LayerNormBasicLstmCell { Units = 3, ForgetBias = 1, LayerNorm = True, NormGain = 1, NormShift = 0, DropoutKeepProb = 1 }",
            new LayerNormBasicLstmCell(3).ToString());
        Assert.Equal("BasicLstmCell { Units = 3, ForgetBias = 0.5 }", new BasicLstmCell(3) { ForgetBias = 0.5 }.ToString());
    }
}

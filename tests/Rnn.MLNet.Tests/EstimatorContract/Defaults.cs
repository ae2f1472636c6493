using Microsoft.ML;
using Xunit;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>What is not said is what the documentation says.</summary>
public sealed class Defaults
{
    [Fact]
    public void Of_the_options()
    {
        Assert.Equal(
            new RnnClassifierOptions
            {
                LabelColumnName = "Label",
                FeatureColumnName = "Features",
                ScoreColumnName = "Score",
                PredictedLabelColumnName = "PredictedLabel",
                ExampleWeightColumnName = null,
                TimeSteps = null,
                Cell = new BasicLstmCell(128) { ForgetBias = 1 },
                Layers = 1,
                Bidirectional = false,
                Dropout = 0,
                ReadOut = ReadOut.FinalState,
                OutputInitializer = WeightInitializer.GlorotUniform,
                Optimizer = OptimizerKind.Adam,
                LearningRate = null,
                LearningRateSchedule = LearningRateSchedule.OneCycle,
                WeightDecay = 0,
                GradientClipNorm = 1,
                BatchSize = 128,
                Epochs = 10,
                ScheduleEpochs = null,
                MaxSteps = null,
                ValidationSet = null,
                ValidationFraction = 0,
                EarlyStoppingPatience = null,
                Seed = null,
                Device = RnnDevice.Auto,
                Precision = RnnPrecision.Auto,
                Threads = null,
                Shards = null,
                CacheRows = CacheRows.Auto,
                CheckpointPath = null,
                CheckpointInterval = null,
                CancellationToken = CancellationToken.None,
                OnCancel = OnCancel.Throw,
                Progress = null,
            },
            new RnnClassifierOptions());
    }

    [Theory]
    [InlineData("BasicRnnCell { Units = 3 }")]
    [InlineData("BasicLstmCell { Units = 3, ForgetBias = 1 }")]
    [InlineData("GruCell { Units = 3, ResetAfter = True }")]
    [InlineData("LstmCell { Units = 3, ForgetBias = 1, UsePeepholes = False, CellClip = null, ProjectionSize = null, ProjectionClip = null }")]
    [InlineData("LayerNormBasicLstmCell { Units = 3, ForgetBias = 1, LayerNorm = True, NormGain = 1, NormShift = 0, DropoutKeepProb = 1 }")]
    public void Of_the_cells_which_say_what_they_are(string expected)
    {
        RnnCell[] cells = [new BasicRnnCell(3), new BasicLstmCell(3), new GruCell(3), new LstmCell(3), new LayerNormBasicLstmCell(3)];

        Assert.Contains(expected, cells.Select(cell => $"{cell}"));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, 0.003)]
    [InlineData(OptimizerKind.AdamW, 0.003)]
    [InlineData(OptimizerKind.Sgd, 0.1)]
    [InlineData(OptimizerKind.RmsProp, 0.001)]
    public void Of_the_learning_rate_by_optimiser(OptimizerKind optimizer, double expected)
    {
        using var model = SyntheticSequences.Fit(
            SyntheticSequences.Options with { Optimizer = optimizer, LearningRate = null, LearningRateSchedule = LearningRateSchedule.Constant, MaxSteps = 1 });

        Assert.Equal(expected, model.History.Epochs[0].LearningRate);
    }

    /// <summary>The simple overload with nothing said, and with everything said, against the options.</summary>
    [Fact]
    public void Of_the_simple_overload()
    {
        var listener = new Listener();
        // The seed comes from the context, from which data made with it would draw too.
        var data = SyntheticSequences.Keyed(new MLContext(seed: 1), 48);
        using var simple = new MLContext(seed: 1).Transforms.RnnClassifier().Fit(data);
        using var options = new MLContext(seed: 1).Transforms.RnnClassifier(new RnnClassifierOptions { Progress = listener }).Fit(data);

        Assert.Equal(options.WeightBits(), simple.WeightBits());
        Assert.Equal(10, simple.History.Epochs.Count);
        Assert.Equal(10, listener.Reports[0].Epochs);
    }
}

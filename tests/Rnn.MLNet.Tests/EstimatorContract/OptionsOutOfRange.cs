using Microsoft.ML;
using Xunit;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>An option out of range is refused when the estimator is made; the error names the property and its value.</summary>
public sealed class OptionsOutOfRange
{
    private static readonly RnnClassifierOptions Fine = SyntheticSequences.Options;

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<RnnClassifierOptions, string, string> Refused => new()
    {
        { Fine with { LabelColumnName = "" }, "LabelColumnName", "empty" },
        { Fine with { FeatureColumnName = null! }, "FeatureColumnName", "null" },
        { Fine with { ScoreColumnName = "" }, "ScoreColumnName", "empty" },
        { Fine with { PredictedLabelColumnName = "" }, "PredictedLabelColumnName", "empty" },
        { Fine with { ScoreColumnName = "PredictedLabel" }, "ScoreColumnName", "PredictedLabel" },
        { Fine with { ExampleWeightColumnName = "" }, "ExampleWeightColumnName", "empty" },
        { Fine with { TimeSteps = 0 }, "TimeSteps", "0" },
        { Fine with { Cell = new BasicLstmCell(0) }, "Units", "0" },
        { Fine with { Cell = new GruCell(-3) }, "Units", "-3" },
        { Fine with { Cell = new BasicLstmCell(4) { ForgetBias = double.NaN } }, "ForgetBias", "NaN" },
        { Fine with { Layers = 0 }, "Layers", "0" },
        { Fine with { Dropout = -0.1 }, "Dropout", "-0.1" },
        { Fine with { Dropout = 1 }, "Dropout", "1" },
        { Fine with { Dropout = double.NaN }, "Dropout", "NaN" },
        { Fine with { ReadOut = (ReadOut)77 }, "ReadOut", "77" },
        { Fine with { Optimizer = (OptimizerKind)77 }, "Optimizer", "77" },
        { Fine with { LearningRate = 0 }, "LearningRate", "0" },
        { Fine with { LearningRate = double.PositiveInfinity }, "LearningRate", "Infinity" },
        { Fine with { LearningRate = 1e39 }, "LearningRate", "1E+39" },
        { Fine with { LearningRateSchedule = (LearningRateSchedule)77 }, "LearningRateSchedule", "77" },
        { Fine with { WeightDecay = -1 }, "WeightDecay", "-1" },
        { Fine with { WeightDecay = double.NaN }, "WeightDecay", "NaN" },
        { Fine with { GradientClipNorm = 0 }, "GradientClipNorm", "0" },
        { Fine with { BatchSize = 0 }, "BatchSize", "0" },
        { Fine with { Epochs = -2 }, "Epochs", "-2" },
        { Fine with { MaxSteps = 0 }, "MaxSteps", "0" },
        { Fine with { ValidationFraction = -0.5 }, "ValidationFraction", "-0.5" },
        { Fine with { ValidationFraction = 1 }, "ValidationFraction", "1" },
        { Fine with { ValidationFraction = 0.5, EarlyStoppingPatience = 0 }, "EarlyStoppingPatience", "0" },
        { Fine with { EarlyStoppingPatience = 5 }, "EarlyStoppingPatience", "5" },
        { Fine with { Device = (RnnDevice)77 }, "Device", "77" },
        { Fine with { Precision = (RnnPrecision)77 }, "Precision", "77" },
        { Fine with { CacheRows = (CacheRows)77 }, "CacheRows", "77" },
        { Fine with { Threads = 0 }, "Threads", "0" },
        { Fine with { CheckpointPath = "" }, "CheckpointPath", "empty" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void The_error_names_property_and_value(RnnClassifierOptions options, string property, string value)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(options));

        Assert.EndsWith(property, error.ParamName);
        Assert.Contains($"{property} must be ", error.Message);
        Assert.Contains($"it is {(value == "empty" ? "an empty string" : value)}", error.Message);
    }

    [Fact]
    public void A_validation_set_and_a_fraction_exclude_each_other()
    {
        var options = Fine with { ValidationSet = SyntheticSequences.Keyed(_context, 6), ValidationFraction = 0.2 };

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(options));

        Assert.Contains("ValidationFraction must be 0 when ValidationSet is given; it is 0.2", error.Message);
    }

    [Fact]
    public void No_cell_and_no_options_are_refused()
    {
        Assert.Equal("Cell", Assert.Throws<ArgumentNullException>(() => _context.Transforms.RnnClassifier(Fine with { Cell = null! })).ParamName);
        Assert.Throws<ArgumentNullException>(() => _context.Transforms.RnnClassifier((RnnClassifierOptions)null!));
    }

    [Fact]
    public void The_simple_overload_is_checked_too()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(timeSteps: -1));

        Assert.Contains("TimeSteps must be at least 1, or null; it is -1", error.Message);
    }
}

using Microsoft.ML;
using Xunit;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>The last values that are allowed are, and the first beyond them are not.</summary>
public sealed class OptionsAtTheEdge
{
    private static readonly RnnClassifierOptions Fine = SyntheticSequences.Options;

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<RnnClassifierOptions> Allowed =>
    [
        Fine with { TimeSteps = 1, Layers = 1, BatchSize = 1, Epochs = 1, ScheduleEpochs = 1, MaxSteps = 1, Threads = 1, Shards = 1 },
        Fine with { TimeSteps = null, LearningRate = null, GradientClipNorm = null, ScheduleEpochs = null, MaxSteps = null, Threads = null, Shards = null, Seed = null },
        Fine with { Epochs = 3, ScheduleEpochs = 3 },
        Fine with { Dropout = 0, WeightDecay = 0, ValidationFraction = 0 },
        Fine with { Dropout = 0.999, WeightDecay = 1e6, ValidationFraction = 0.999 },
        Fine with { LearningRate = 1e-30, GradientClipNorm = 1e-30 },
        Fine with { LearningRate = float.MaxValue, GradientClipNorm = float.MaxValue },
        Fine with { ValidationFraction = 0.001, EarlyStoppingPatience = 1 },
        Fine with { CheckpointPath = "a", CheckpointInterval = 1 },
        Fine with { CheckpointPath = null, CheckpointInterval = null },
        Fine with { Cell = new BasicRnnCell(1) },
        Fine with { Cell = new GruCell(65_536) },
        Fine with { Cell = new BasicLstmCell(1) { ForgetBias = -1e6 } },
        Fine with { Cell = new LstmCell(1) { ForgetBias = 1e6, CellClip = 1e-30, ProjectionSize = 1, ProjectionClip = float.MaxValue } },
        Fine with { Cell = new LstmCell(1) { CellClip = float.MaxValue, ProjectionSize = 65_536, ProjectionClip = 1e-30 } },
        Fine with { Cell = new LayerNormBasicLstmCell(2) { ForgetBias = 1e6, NormGain = -1e6, NormShift = 1e6, DropoutKeepProb = 1e-6 } },
        Fine with { Cell = new LayerNormBasicLstmCell(1) { LayerNorm = false, DropoutKeepProb = 1 } },
    ];

    public static TheoryData<RnnClassifierOptions, string> Refused => new()
    {
        { Fine with { Epochs = 3, ScheduleEpochs = 2 }, "ScheduleEpochs must be at least Epochs, which is 3, or null; it is 2." },
        { Fine with { Shards = 0 }, "Shards must be at least 1, or null; it is 0." },
        { Fine with { OutputInitializer = (WeightInitializer)77 }, "OutputInitializer must be one of " },
        { Fine with { WeightDecay = 1.000001e6 }, "WeightDecay must be at most 1e6; it is 1000001." },
        { Fine with { WeightDecay = double.PositiveInfinity }, "WeightDecay must be a finite number of at least 0; it is Infinity." },
        { Fine with { LearningRate = 0.9e-30 }, "LearningRate must be from 1e-30 to 3.4e38, or null; it is 9E-31." },
        { Fine with { LearningRate = double.NaN }, "LearningRate must be a positive number, or null; it is NaN." },
        { Fine with { GradientClipNorm = 4e38 }, "GradientClipNorm must be from 1e-30 to 3.4e38, or null; it is 4E+38." },
        { Fine with { ValidationFraction = double.NaN }, "ValidationFraction must be at least 0 and below 1; it is NaN." },
        { Fine with { CheckpointPath = "a", CheckpointInterval = 0 }, "CheckpointInterval must be at least 1, or null; it is 0." },
        { Fine with { Cell = new GruCell(65_537) }, "GruCell.Units must be from 1 to 65536; it is 65537." },
        { Fine with { Cell = new LstmCell(1) { ProjectionSize = 65_537 } }, "LstmCell.ProjectionSize must be from 1 to 65536, or null; it is 65537." },
        { Fine with { Cell = new LstmCell(1) { ForgetBias = -1.000001e6 } }, "LstmCell.ForgetBias must be from -1e6 to 1e6; it is -1000001." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { ForgetBias = 1.000001e6 } }, "LayerNormBasicLstmCell.ForgetBias must be from -1e6 to 1e6; it is 1000001." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { NormGain = 1.000001e6 } }, "LayerNormBasicLstmCell.NormGain must be from -1e6 to 1e6; it is 1000001." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { NormShift = double.NaN } }, "LayerNormBasicLstmCell.NormShift must be a finite number; it is NaN." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { DropoutKeepProb = 0.9e-6 } }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6; it is 9E-07." },
    };

    [Theory]
    [MemberData(nameof(Allowed), DisableDiscoveryEnumeration = true)]
    public void The_last_value_is_allowed(RnnClassifierOptions options)
    {
        Assert.NotNull(_context.Transforms.RnnClassifier(options));
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void The_first_beyond_is_refused(RnnClassifierOptions options, string message)
    {
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(options)).Message);
    }

    [Fact]
    public void A_validation_set_gives_rows_for_early_stopping()
    {
        Assert.NotNull(_context.Transforms.RnnClassifier(Fine with { ValidationSet = SyntheticSequences.Keyed(_context, 6), EarlyStoppingPatience = 1 }));
    }
}

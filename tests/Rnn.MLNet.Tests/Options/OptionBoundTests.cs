namespace Rnn.MLNet.Tests.Options;

/// <summary>The ranges of the options: their ends are accepted, what is next to them is refused with the range.</summary>
public sealed class OptionBoundTests
{
    private static readonly RnnClassifierOptions Fine = SyntheticSequences.Options;

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<RnnClassifierOptions> Accepted =>
    [
        new RnnClassifierOptions(),
        Fine with { ExampleWeightColumnName = null },
        Fine with { TimeSteps = 1 },
        Fine with { TimeSteps = null },
        Fine with { Cell = new BasicRnnCell(1) },
        Fine with { Cell = new GruCell(65_536) },
        Fine with { Cell = new GruCell(1) { UpdateBias = 1e6 } },
        Fine with { Cell = new GruCell(1) { UpdateBias = -1e6 } },
        Fine with { Cell = new BasicLstmCell(1) { ForgetBias = 1e6 } },
        Fine with { Cell = new BasicLstmCell(1) { ForgetBias = -1e6 } },
        Fine with { Cell = new LstmCell(1) { ForgetBias = 1e6, CellClip = 1e-30, ProjectionSize = 1, ProjectionClip = 1e-30 } },
        Fine with { Cell = new LstmCell(1) { ForgetBias = -1e6, CellClip = float.MaxValue, ProjectionSize = 65_536, ProjectionClip = float.MaxValue } },
        Fine with { Cell = new LstmCell(1) { ProjectionSize = 1 } },
        Fine with { Cell = new LayerNormBasicLstmCell(2) { ForgetBias = 1e6, NormGain = 1e6, NormShift = 1e6, DropoutKeepProb = 1 } },
        Fine with { Cell = new LayerNormBasicLstmCell(2) { ForgetBias = -1e6, NormGain = -1e6, NormShift = -1e6, DropoutKeepProb = 1e-6 } },
        Fine with { Cell = new LayerNormBasicLstmCell(1) { LayerNorm = false } },
        Fine with { Layers = 1 },
        Fine with { Dropout = 0 },
        Fine with { Dropout = 0.999 },
        Fine with { LearningRate = null },
        Fine with { LearningRate = 1e-30 },
        Fine with { LearningRate = float.MaxValue },
        Fine with { WeightDecay = 0 },
        Fine with { WeightDecay = 1e6 },
        Fine with { WeightDecay = 10, Optimizer = OptimizerKind.Sgd, LearningRate = null },
        Fine with { WeightDecay = 1e6, Optimizer = OptimizerKind.AdamW, LearningRate = 1e-6 },
        Fine with { GradientClipNorm = null },
        Fine with { GradientClipNorm = 1e-30 },
        Fine with { GradientClipNorm = float.MaxValue },
        Fine with { BatchSize = 1 },
        Fine with { Epochs = 1 },
        Fine with { Epochs = 3, ScheduleEpochs = 3 },
        Fine with { Epochs = 3, ScheduleEpochs = 4 },
        Fine with { MaxSteps = 1 },
        Fine with { ValidationFraction = 0.999 },
        Fine with { ValidationFraction = 1e-9, EarlyStoppingPatience = 1 },
        Fine with { Threads = 1, Shards = 1 },
        Fine with { Threads = null, Shards = null },
        Fine with { CheckpointPath = "model", CheckpointInterval = 1 },
        Fine with { CheckpointPath = "model", CheckpointInterval = null },
        .. from device in Enum.GetValues<RnnDevice>() select Fine with { Device = device },
        .. from precision in Enum.GetValues<RnnPrecision>() select Fine with { Precision = precision },
        .. from cacheRows in Enum.GetValues<CacheRows>() select Fine with { CacheRows = cacheRows },
        .. from onCancel in Enum.GetValues<OnCancel>() select Fine with { OnCancel = onCancel },
        .. from readOut in Enum.GetValues<ReadOut>() select Fine with { ReadOut = readOut },
        .. from schedule in Enum.GetValues<LearningRateSchedule>() select Fine with { LearningRateSchedule = schedule },
        .. from initializer in Enum.GetValues<WeightInitializer>() select Fine with { OutputInitializer = initializer },
        .. from optimizer in Enum.GetValues<OptimizerKind>() select Fine with { Optimizer = optimizer },
    ];

    public static TheoryData<RnnClassifierOptions, string> Refused => new()
    {
        { Fine with { LabelColumnName = null! }, "LabelColumnName must be a column name; it is null." },
        { Fine with { FeatureColumnName = "" }, "FeatureColumnName must be a column name; it is an empty string." },
        { Fine with { ScoreColumnName = null! }, "ScoreColumnName must be a column name; it is null." },
        { Fine with { PredictedLabelColumnName = null! }, "PredictedLabelColumnName must be a column name; it is null." },
        { Fine with { ExampleWeightColumnName = "" }, "ExampleWeightColumnName must be a column name, or null; it is an empty string." },
        { Fine with { ScoreColumnName = "Same", PredictedLabelColumnName = "Same" }, "ScoreColumnName must be different from PredictedLabelColumnName; it is Same." },
        { Fine with { TimeSteps = 0 }, "TimeSteps must be at least 1, or null; it is 0." },
        { Fine with { Cell = new BasicRnnCell(0) }, "BasicRnnCell.Units must be from 1 to 65536; it is 0." },
        { Fine with { Cell = new BasicRnnCell(1) { Activation = (RnnActivation)9 } }, "BasicRnnCell.Activation must be one of Tanh, Relu; it is 9." },
        { Fine with { Cell = new GruCell(1) { UpdateBias = 1.001e6 } }, "GruCell.UpdateBias must be from -1e6 to 1e6; it is 1001000." },
        { Fine with { Cell = new GruCell(65_537) }, "GruCell.Units must be from 1 to 65536; it is 65537." },
        { Fine with { Cell = new BasicLstmCell(1) { ForgetBias = 1.001e6 } }, "BasicLstmCell.ForgetBias must be from -1e6 to 1e6; it is 1001000." },
        { Fine with { Cell = new BasicLstmCell(1) { ForgetBias = -1.001e6 } }, "BasicLstmCell.ForgetBias must be from -1e6 to 1e6; it is -1001000." },
        { Fine with { Cell = new BasicLstmCell(1) { ForgetBias = double.NegativeInfinity } }, "BasicLstmCell.ForgetBias must be a finite number; it is -Infinity." },
        { Fine with { Cell = new LstmCell(1) { ForgetBias = 2e6 } }, "LstmCell.ForgetBias must be from -1e6 to 1e6; it is 2000000." },
        { Fine with { Cell = new LstmCell(1) { CellClip = 0 } }, "LstmCell.CellClip must be a positive number, or null; it is 0." },
        { Fine with { Cell = new LstmCell(1) { CellClip = 9e-31 } }, "LstmCell.CellClip must be from 1e-30 to 3.4e38, or null; it is 9E-31." },
        { Fine with { Cell = new LstmCell(1) { ProjectionSize = 0 } }, "LstmCell.ProjectionSize must be from 1 to 65536, or null; it is 0." },
        { Fine with { Cell = new LstmCell(1) { ProjectionSize = 65_537 } }, "LstmCell.ProjectionSize must be from 1 to 65536, or null; it is 65537." },
        { Fine with { Cell = new LstmCell(1) { ProjectionSize = 1, ProjectionClip = -1 } }, "LstmCell.ProjectionClip must be a positive number, or null; it is -1." },
        { Fine with { Cell = new LstmCell(1) { ProjectionClip = 1 } }, "LstmCell.ProjectionClip must be null unless ProjectionSize is given (it is null); it is 1." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { ForgetBias = 2e6 } }, "LayerNormBasicLstmCell.ForgetBias must be from -1e6 to 1e6; it is 2000000." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { NormGain = -2e6 } }, "LayerNormBasicLstmCell.NormGain must be from -1e6 to 1e6; it is -2000000." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { NormShift = double.NaN } }, "LayerNormBasicLstmCell.NormShift must be a finite number; it is NaN." },
        { Fine with { Cell = new LayerNormBasicLstmCell(1) }, "LayerNormBasicLstmCell.Units must be at least 2 when LayerNorm is true (a single value is always normalised to 0); it is 1." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { LayerNorm = false, NormGain = 2 } }, "LayerNormBasicLstmCell.NormGain must be 1, its default, when LayerNorm is false; it is 2." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { LayerNorm = false, NormShift = 2 } }, "LayerNormBasicLstmCell.NormShift must be 0, its default, when LayerNorm is false; it is 2." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { DropoutKeepProb = 0 } }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6 and at most 1; it is 0." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { DropoutKeepProb = 1.001 } }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6 and at most 1; it is 1.001." },
        { Fine with { Cell = new LayerNormBasicLstmCell(2) { DropoutKeepProb = 9e-7 } }, "LayerNormBasicLstmCell.DropoutKeepProb must be at least 1e-6 and at most 1; it is 9E-07." },
        { Fine with { Layers = 0 }, "Layers must be at least 1; it is 0." },
        { Fine with { Dropout = 1 }, "Dropout must be at least 0 and below 1; it is 1." },
        { Fine with { Dropout = -1e-9 }, "Dropout must be at least 0 and below 1; it is -1E-09." },
        { Fine with { ReadOut = (ReadOut)9 }, "ReadOut must be one of FinalState, LastOutput, MeanPool; it is 9." },
        { Fine with { OutputInitializer = (WeightInitializer)9 }, "OutputInitializer must be one of GlorotUniform, StandardNormal; it is 9." },
        { Fine with { Optimizer = (OptimizerKind)9 }, "Optimizer must be one of Adam, AdamW, Sgd, RmsProp; it is 9." },
        { Fine with { LearningRate = -1 }, "LearningRate must be a positive number, or null; it is -1." },
        { Fine with { LearningRate = 9e-31 }, "LearningRate must be from 1e-30 to 3.4e38, or null; it is 9E-31." },
        { Fine with { LearningRate = 3.5e38 }, "LearningRate must be from 1e-30 to 3.4e38, or null; it is 3.5E+38." },
        { Fine with { LearningRateSchedule = (LearningRateSchedule)9 }, "LearningRateSchedule must be one of Constant, OneCycle, Cosine; it is 9." },
        { Fine with { WeightDecay = double.PositiveInfinity }, "WeightDecay must be a finite number of at least 0; it is Infinity." },
        { Fine with { WeightDecay = -1e-9 }, "WeightDecay must be a finite number of at least 0; it is -1E-09." },
        { Fine with { WeightDecay = 1.001e6 }, "WeightDecay must be at most 1e6; it is 1001000." },
        { Fine with { GradientClipNorm = double.NaN }, "GradientClipNorm must be a positive number, or null; it is NaN." },
        { Fine with { GradientClipNorm = 9e-31 }, "GradientClipNorm must be from 1e-30 to 3.4e38, or null; it is 9E-31." },
        { Fine with { BatchSize = 0 }, "BatchSize must be at least 1, or null; it is 0." },
        { Fine with { Epochs = 0 }, "Epochs must be at least 1, or null; it is 0." },
        { Fine with { Epochs = 3, ScheduleEpochs = 2 }, "ScheduleEpochs must be at least Epochs, which is 3, or null; it is 2." },
        { Fine with { MaxSteps = 0 }, "MaxSteps must be at least 1, or null; it is 0." },
        { Fine with { ValidationFraction = 1 }, "ValidationFraction must be at least 0 and below 1, or null; it is 1." },
        { Fine with { ValidationFraction = -1e-9 }, "ValidationFraction must be at least 0 and below 1, or null; it is -1E-09." },
        { Fine with { ValidationFraction = 0.5, EarlyStoppingPatience = 0 }, "EarlyStoppingPatience must be at least 1, or null; it is 0." },
        { Fine with { EarlyStoppingPatience = 1 }, "EarlyStoppingPatience must be null unless ValidationSet or ValidationFraction gives rows to measure on; it is 1." },
        { Fine with { Device = (RnnDevice)9 }, "Device must be one of Auto, Cpu, Cuda; it is 9." },
        { Fine with { Precision = (RnnPrecision)9 }, "Precision must be one of Auto, Float32, BFloat16; it is 9." },
        { Fine with { Threads = 0 }, "Threads must be at least 1, or null; it is 0." },
        { Fine with { Shards = 0 }, "Shards must be at least 1, or null; it is 0." },
        { Fine with { CacheRows = (CacheRows)9 }, "CacheRows must be one of Auto, All, None; it is 9." },
        { Fine with { CheckpointPath = "" }, "CheckpointPath must be a path, or null; it is an empty string." },
        { Fine with { CheckpointPath = "model", CheckpointInterval = 0 }, "CheckpointInterval must be at least 1, or null; it is 0." },
        { Fine with { CheckpointInterval = 1 }, "CheckpointInterval must be null unless CheckpointPath is given; it is 1." },
        { Fine with { Cell = new GruCell(-3) }, "GruCell.Units must be from 1 to 65536; it is -3." },
        { Fine with { Dropout = double.NaN }, "Dropout must be at least 0 and below 1; it is NaN." },
        { Fine with { LearningRate = 0 }, "LearningRate must be a positive number, or null; it is 0." },
        { Fine with { LearningRate = double.PositiveInfinity }, "LearningRate must be from 1e-30 to 3.4e38, or null; it is Infinity." },
        {
            Fine with { WeightDecay = 1000, Optimizer = OptimizerKind.Sgd, LearningRate = null },
            "WeightDecay must be at most 1 / LearningRate, which is 10: with Sgd, each step multiplies weights by 1 - LearningRate * WeightDecay; it is 1000."
        },
        {
            Fine with { WeightDecay = 2.5, Optimizer = OptimizerKind.AdamW, LearningRate = 0.5 },
            "WeightDecay must be at most 1 / LearningRate, which is 2: with AdamW, each step multiplies weights by 1 - LearningRate * WeightDecay; it is 2.5."
        },
        { Fine with { WeightDecay = double.NaN }, "WeightDecay must be a finite number of at least 0; it is NaN." },
        { Fine with { GradientClipNorm = 0 }, "GradientClipNorm must be a positive number, or null; it is 0." },
        { Fine with { GradientClipNorm = 4e38 }, "GradientClipNorm must be from 1e-30 to 3.4e38, or null; it is 4E+38." },
        { Fine with { ValidationFraction = double.NaN }, "ValidationFraction must be at least 0 and below 1, or null; it is NaN." },
        { Fine with { OnCancel = (OnCancel)9 }, "OnCancel must be one of Throw, KeepBest; it is 9." },
    };

    [Theory]
    [MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public void What_is_in_range_makes_an_estimator(RnnClassifierOptions options) => Assert.NotNull(_context.Transforms.RnnClassifier(options));

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_is_next_to_it_is_refused_with_the_range(RnnClassifierOptions options, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(options));

        Assert.Equal(message, error.Message.Split(" (Parameter")[0]);
        Assert.Equal(message.Split(' ')[0], error.ParamName);
    }

    [Fact]
    public void A_validation_set_gives_rows_to_measure_patience_on()
    {
        var rows = SyntheticSequences.Keyed(_context, 6);

        Assert.NotNull(_context.Transforms.RnnClassifier(Fine with { ValidationSet = rows, EarlyStoppingPatience = 1 }));
        Assert.StartsWith(
            "ValidationFraction must be 0 or null when ValidationSet is given; it is 0.1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(Fine with { ValidationSet = rows, ValidationFraction = 0.1 })).Message);
    }

    [Fact]
    public void No_cell_and_no_options_are_refused()
    {
        Assert.Equal("Cell", Assert.Throws<ArgumentNullException>(() => _context.Transforms.RnnClassifier(Fine with { Cell = null! })).ParamName);
        Assert.Throws<ArgumentNullException>(() => _context.Transforms.RnnClassifier((RnnClassifierOptions)null!));
    }

    [Fact]
    public void The_simple_overload_is_checked_too() => Assert.Contains(
        "TimeSteps must be at least 1, or null; it is -1",
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.RnnClassifier(timeSteps: -1)).Message);

    [Fact]
    public void A_cell_of_somebody_elses_is_refused() => Assert.Equal(
        "The cell StrangeCell is not a cell of Rnn.MLNet.",
        Assert.Throws<NotSupportedException>(() => _context.Transforms.RnnClassifier(Fine with { Cell = new StrangeCell(3) })).Message);

    private sealed record StrangeCell(int Units) : RnnCell(Units);
}

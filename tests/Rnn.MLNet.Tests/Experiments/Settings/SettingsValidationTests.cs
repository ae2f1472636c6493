namespace Rnn.MLNet.Tests.Experiments.Settings;

/// <summary>The bounds of every setting, from both sides, and what is said beyond them.</summary>
public sealed class SettingsValidationTests
{
    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        var settings = new RnnExperimentSettings();
        Assert.Equal((600, null, null, MulticlassClassificationMetric.MicroAccuracy), (settings.MaxExperimentTimeInSeconds, settings.MaxTrials, settings.MaxTrialTimeInSeconds, settings.OptimizingMetric));
        Assert.Equal((3, 0, (double?)null, 1, null, true, null), (settings.TopK, settings.Seed, settings.ValidationFraction, settings.MaxConcurrentTrials, settings.Threads, settings.CacheBeforeTrainer, settings.WorkingDirectory));
        Assert.Equal((Environment.ProcessorCount, Environment.ProcessorCount), (settings.TotalThreads, settings.ThreadsPerTrial));
        Assert.Equal((7, 2), ((settings with { Threads = 7, MaxConcurrentTrials = 3 }).TotalThreads, (settings with { Threads = 7, MaxConcurrentTrials = 3 }).ThreadsPerTrial));
        Assert.Equal(1, (settings with { Threads = 2, MaxConcurrentTrials = 3 }).ThreadsPerTrial);
    }

    [Fact]
    public void Settings_on_the_bounds_are_taken()
    {
        SettingsValidation.Validate(new RnnExperimentSettings
        {
            MaxExperimentTimeInSeconds = double.Epsilon,
            MaxTrials = 1,
            MaxTrialTimeInSeconds = double.Epsilon,
            TopK = 1,
            ValidationFraction = double.Epsilon,
            MaxConcurrentTrials = 1,
            Threads = 1,
            WorkingDirectory = "x",
        });
        SettingsValidation.Validate(new RnnExperimentSettings { MaxExperimentTimeInSeconds = double.MaxValue, MaxTrialTimeInSeconds = double.MaxValue, ValidationFraction = 0.999, Seed = int.MinValue });
        foreach (var metric in Enum.GetValues<MulticlassClassificationMetric>())
        {
            SettingsValidation.Validate(new RnnExperimentSettings { OptimizingMetric = metric });
        }
    }

    public static TheoryData<RnnExperimentSettings, string> Settings => new()
    {
        { new() { MaxExperimentTimeInSeconds = 0 }, "MaxExperimentTimeInSeconds must be a positive number of seconds; it is 0." },
        { new() { MaxExperimentTimeInSeconds = double.PositiveInfinity }, "MaxExperimentTimeInSeconds must be a positive number of seconds; it is Infinity." },
        { new() { MaxTrials = 0 }, "MaxTrials must be at least 1, or null; it is 0." },
        { new() { MaxTrialTimeInSeconds = 0 }, "MaxTrialTimeInSeconds must be a positive number of seconds, or null; it is 0." },
        { new() { OptimizingMetric = (MulticlassClassificationMetric)5 }, "OptimizingMetric must be one of MicroAccuracy, MacroAccuracy, LogLoss, LogLossReduction, TopKAccuracy; it is 5." },
        { new() { TopK = 0 }, "TopK must be at least 1; it is 0." },
        { new() { ValidationFraction = 0 }, "ValidationFraction must be above 0 and below 1, or null; it is 0." },
        { new() { ValidationFraction = 1 }, "ValidationFraction must be above 0 and below 1, or null; it is 1." },
        { new() { ValidationFraction = double.NaN }, "ValidationFraction must be above 0 and below 1, or null; it is NaN." },
        { new() { MaxConcurrentTrials = 0 }, "MaxConcurrentTrials must be at least 1; it is 0." },
        { new() { Threads = 0 }, "Threads must be at least 1, or null; it is 0." },
        { new() { WorkingDirectory = "" }, "WorkingDirectory must be a folder, or null; it is an empty string." },
    };

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void Settings_beyond_them_are_refused(RnnExperimentSettings settings, string message) => Refused(message, () => SettingsValidation.Validate(settings));

    [Fact]
    public void Spaces_on_the_bounds_are_taken()
    {
        SearchSpaceValidation.Validate(new RnnSearchSpace());
        SearchSpaceValidation.Validate(new RnnSearchSpace { Cells = [new GruCell(1)], Units = (1, 1), Layers = (1, 1), LearningRate = (double.Epsilon, double.Epsilon), Dropout = (0, 0), Bidirectional = [true], BatchSize = [1], ReadOut = [ReadOut.LastOutput], InputScaling = [InputScaling.None] });
        SearchSpaceValidation.Validate(new RnnSearchSpace { LearningRate = (1, double.MaxValue), Dropout = (0.5, 0.999) });
    }

    public static TheoryData<RnnSearchSpace, string> Spaces => new()
    {
        { new() { Cells = [new GruCell(4), null!] }, "Cells must be a non-empty list without null; it is [GruCell { Units = 4, ResetAfter = True, UpdateBias = 1 }, null]." },
        { new() { Cells = null! }, "Cells must be a non-empty list without null; it is null." },
        { new() { Units = (0, 4) }, "Units must be a range with 1 <= From <= To; it is (0, 4)." },
        { new() { Units = (5, 4) }, "Units must be a range with 1 <= From <= To; it is (5, 4)." },
        { new() { Layers = (0, 4) }, "Layers must be a range with 1 <= From <= To; it is (0, 4)." },
        { new() { Layers = (2, 1) }, "Layers must be a range with 1 <= From <= To; it is (2, 1)." },
        { new() { LearningRate = (0, 1) }, "LearningRate must be a finite range with 0 < From <= To; it is (0, 1)." },
        { new() { LearningRate = (2, 1) }, "LearningRate must be a finite range with 0 < From <= To; it is (2, 1)." },
        { new() { LearningRate = (1, double.PositiveInfinity) }, "LearningRate must be" },
        { new() { Dropout = (-0.5, 0) }, "Dropout must be a range with 0 <= From <= To < 1; it is (-0.5, 0)." },
        { new() { Dropout = (0.5, 0.25) }, "Dropout must be" },
        { new() { Dropout = (0.5, 1) }, "Dropout must be" },
        { new() { Bidirectional = [] }, "Bidirectional must be false, true or both; it is []." },
        { new() { BatchSize = [] }, "BatchSize must be a non-empty list of sizes of at least 1, or null; it is []." },
        { new() { BatchSize = [4, 0] }, "BatchSize must be a non-empty list of sizes of at least 1, or null; it is [4, 0]." },
        { new() { ReadOut = [] }, "ReadOut must be a non-empty list of values of FinalState, LastOutput, MeanPool; it is []." },
        { new() { ReadOut = null! }, "ReadOut must be a non-empty list of values of FinalState, LastOutput, MeanPool; it is null." },
        { new() { ReadOut = [ReadOut.MeanPool, (ReadOut)9] }, "ReadOut must be a non-empty list of values of FinalState, LastOutput, MeanPool; it is [MeanPool, 9]." },
        { new() { InputScaling = [] }, "InputScaling must be a non-empty list of values of Auto, None, Standardize; it is []." },
        { new() { InputScaling = null! }, "InputScaling must be a non-empty list of values of Auto, None, Standardize; it is null." },
        { new() { InputScaling = [(InputScaling)(-1), InputScaling.None] }, "InputScaling must be a non-empty list of values of Auto, None, Standardize; it is [-1, None]." },
    };

    [Theory]
    [MemberData(nameof(Spaces), DisableDiscoveryEnumeration = true)]
    public void Spaces_beyond_them_are_refused(RnnSearchSpace space, string message) => Refused(message, () => SearchSpaceValidation.Validate(space));

    private static void Refused(string message, Action validate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(validate);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(message.Split(' ')[0], error.ParamName);
    }
}

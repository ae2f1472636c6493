namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Errors before the first trial.</summary>
public sealed class ExperimentValidationTests
{
    private static readonly IDataView Train = Bar.View(30), Validation = Bar.View(10, seed: 2);

    private static RnnExperiment Experiment => SmallExperiments.Create().Add("unreached", _ => throw new System.Diagnostics.UnreachableException());

    [Fact]
    public void No_candidate() =>
        Assert.Contains("no candidate", Assert.Throws<InvalidOperationException>(() => SmallExperiments.Create().Execute(Train)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_of_one_name() =>
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => SmallExperiments.Create().Add("a", SmallExperiments.Bayes).Add("a", SmallExperiments.Linear)).Message, StringComparison.Ordinal);

    public static TheoryData<string, RnnExperimentSettings> Settings => new()
    {
        { "MaxExperimentTimeInSeconds", new() { MaxExperimentTimeInSeconds = 0 } },
        { "MaxExperimentTimeInSeconds", new() { MaxExperimentTimeInSeconds = double.NaN } },
        { "MaxTrials", new() { MaxTrials = 0 } },
        { "MaxTrialTimeInSeconds", new() { MaxTrialTimeInSeconds = -1 } },
        { "OptimizingMetric", new() { OptimizingMetric = (MulticlassClassificationMetric)9 } },
        { "ValidationFraction", new() { ValidationFraction = 1 } },
        { "MaxConcurrentTrials", new() { MaxConcurrentTrials = 0 } },
        { "Threads", new() { Threads = 0 } },
        { "TopK", new() { TopK = 0 } },
        { "WorkingDirectory", new() { WorkingDirectory = "" } },
    };

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void Settings_out_of_range(string property, RnnExperimentSettings settings)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SmallExperiments.Create(settings));
        Assert.StartsWith(property, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, RnnSearchSpace> Spaces => new()
    {
        { "Cells", new() { Cells = [] } },
        { "Units", new() { Units = (64, 32) } },
        { "Layers", new() { Layers = (0, 1) } },
        { "LearningRate", new() { LearningRate = (0, 1) } },
        { "Dropout", new() { Dropout = (0, 1) } },
        { "Bidirectional", new() { Bidirectional = [] } },
        { "BatchSize", new() { BatchSize = [] } },
        { "BatchSize", new() { BatchSize = [16, 0] } },
        { "ReadOut", new() { ReadOut = [] } },
        { "InputScaling", new() { InputScaling = [] } },
    };

    [Theory]
    [MemberData(nameof(Spaces), DisableDiscoveryEnumeration = true)]
    public void Empty_ranges(string property, RnnSearchSpace space)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SmallExperiments.Create().AddSearch("search", space, SmallExperiments.Options()));
        Assert.StartsWith(property, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_a_search_out_of_range() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallExperiments.Create().AddSearch("search", SmallExperiments.Space, SmallExperiments.Options() with { Epochs = 0 }));

    [Fact]
    public void A_label_that_the_data_lacks()
    {
        var message = Assert.Throws<ArgumentException>(() => Experiment.Execute(Train, Validation, "Digit")).Message;
        Assert.Contains("'Digit'", message, StringComparison.Ordinal);
        Assert.Contains("'Label'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_set_without_a_column()
    {
        var context = new MLContext();
        var other = context.Transforms.DropColumns("Features").Fit(Validation).Transform(Validation);
        Assert.Contains("no column 'Features'", Assert.Throws<ArgumentException>(() => Experiment.Execute(Train, other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_set_with_a_column_of_another_type()
    {
        var context = new MLContext();
        var other = context.Transforms.Conversion.MapValueToKey("Label").Fit(Validation).Transform(Validation);
        Assert.Contains("'Label' of the validation set must be of type String", Assert.Throws<ArgumentException>(() => Experiment.Execute(Train, other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows() =>
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => Experiment.Execute(Bar.View(0), Validation)).Message, StringComparison.Ordinal);
}

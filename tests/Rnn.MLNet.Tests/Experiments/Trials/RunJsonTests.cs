namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>A trial is the same after it was written and read, and what makes no sense in a record is named.</summary>
public sealed class RunJsonTests
{
    [Fact]
    public void Everything_comes_back()
    {
        var back = Back(RunDetails.Whole);
        Assert.Equivalent(RunDetails.Whole, back, strict: true);
        Assert.Equal(Json(RunDetails.Whole), Json(back));
    }

    [Fact]
    public void Names_are_those_of_the_web_and_numbers_as_they_are()
    {
        var json = Json(RunDetails.Whole);
        Assert.StartsWith("{\"trialId\":7,\"trainerName\":\"search\",\"loss\":0.125,\"microAccuracy\":0.875,", json, StringComparison.Ordinal);
        Assert.Contains("\"rows\":13,\"rowsOfUnknownClass\":3,\"rowsWithoutLabel\":2,", json, StringComparison.Ordinal);
        Assert.Contains("\"peakMemoryInMegaBytes\":56.5,", json, StringComparison.Ordinal);
        Assert.Contains("\"perClassPrecision\":[0.8,null],\"perClassRecall\":[null,0.6]", json, StringComparison.Ordinal);
        Assert.Contains("\"learningCurve\":[{\"epoch\":1,\"loss\":0.9,\"accuracy\":0.4,\"validationAccuracy\":null},", json, StringComparison.Ordinal);
        Assert.Null(TrialDamage.In(RunDetails.Whole));
    }

    [Fact]
    public void Numbers_that_are_none_are_null_and_come_back_as_none()
    {
        var run = RunDetails.Whole with { ValidationMetrics = RunDetails.Whole.ValidationMetrics! with { LogLoss = double.NaN, LogLossReduction = double.NaN } };
        Assert.Contains("\"logLoss\":null,\"logLossReduction\":null,", Json(run), StringComparison.Ordinal);
        Assert.Null(TrialDamage.In(run));
        var back = Back(run).ValidationMetrics!;
        Assert.Equal((double.NaN, double.NaN), (back.LogLoss, back.LogLossReduction));
        Assert.Equal(double.PositiveInfinity, Back(RunDetails.Whole with { ValidationMetrics = RunDetails.Whole.ValidationMetrics! with { LogLoss = double.PositiveInfinity } }).ValidationMetrics!.LogLoss);
    }

    [Fact]
    public void A_failed_trial_comes_back_with_its_reason_and_without_metrics()
    {
        var back = Back(new RnnRunDetail { TrialId = 3, TrainerName = "bad", Exception = new ArithmeticException("one\r\ntwo"), RuntimeInSeconds = 2 });
        Assert.Equal((3, "bad", "ArithmeticException: one two", 2), (back.TrialId, back.TrainerName, back.Reason, back.RuntimeInSeconds));
        Assert.Null(back.ValidationMetrics);
        Assert.Null(back.Loss);
        Assert.Null(back.Model);
        Assert.Equal((null, null, null, false), (back.Configuration, back.Steps, back.OvershootInSeconds, back.Abandoned));
        Assert.Equal("ArithmeticException: one two", Back(back).Reason);
        Assert.Null(Back(RunDetails.Whole).Exception);
        Assert.Null(RunDetails.Whole.Reason);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "trialId", "trialId is 0" },
        { "trialId beyond", "trialId is 1000001" },
        { "trainerName", "trainerName is missing" },
        { "settings", "settings is null" },
        { "setting", "has a null" },
        { "learningCurve", "learningCurve is null" },
        { "runtime", "not a finite number of at least 0" },
        { "training", "not a finite number of at least 0" },
        { "memory", "not a finite number of at least 0" },
        { "infinite runtime", "not a finite number of at least 0" },
        { "infinite training", "not a finite number of at least 0" },
        { "no runtime", "not a finite number of at least 0" },
        { "loss", "loss is missing or not finite" },
        { "infinite loss", "loss is missing or not finite" },
        { "micro", "microAccuracy is missing although there is a loss" },
        { "infinite micro", "microAccuracy, macroAccuracy or topKAccuracy" },
        { "macro", "microAccuracy, macroAccuracy or topKAccuracy" },
        { "topK", "microAccuracy, macroAccuracy or topKAccuracy" },
        { "classes", "their lengths differ" },
        { "class", "has a null" },
        { "fewer classes", "their lengths differ" },
        { "precision", "their lengths differ" },
        { "recall", "their lengths differ" },
        { "confusion", "their lengths differ" },
        { "row of confusion", "their lengths differ" },
        { "count of confusion", "has a null" },
        { "no row of confusion", "their lengths differ" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_makes_no_sense_is_named(string what, string damage)
    {
        var (whole, metrics) = (RunDetails.Whole, RunDetails.Whole.ValidationMetrics!);
        RnnRunDetail With(ExperimentMetrics other) => whole with { ValidationMetrics = other };
        var run = what switch
        {
            "trialId" => whole with { TrialId = 0 },
            "trialId beyond" => whole with { TrialId = 1_000_001 },
            "trainerName" => whole with { TrainerName = "" },
            "settings" => whole with { Settings = null! },
            "setting" => whole with { Settings = new Dictionary<string, string> { ["Units"] = null! } },
            "learningCurve" => whole with { LearningCurve = null! },
            "runtime" => whole with { RuntimeInSeconds = -1 },
            "training" => whole with { TrainingTimeInSeconds = -1 },
            "memory" => whole with { PeakMemory = -1 },
            "infinite runtime" => whole with { RuntimeInSeconds = double.PositiveInfinity },
            "infinite training" => whole with { TrainingTimeInSeconds = double.PositiveInfinity },
            "no runtime" => whole with { RuntimeInSeconds = double.NaN },
            "loss" => whole with { Loss = null },
            "infinite loss" => whole with { Loss = double.PositiveInfinity },
            "micro" => whole with { ValidationMetrics = null },
            "infinite micro" => With(metrics with { MicroAccuracy = double.PositiveInfinity }),
            "macro" => With(metrics with { MacroAccuracy = double.NaN }),
            "topK" => With(metrics with { TopKAccuracy = double.NaN }),
            "classes" => With(metrics with { Classes = null! }),
            "class" => With(metrics with { Classes = ["yes", null!] }),
            "fewer classes" => With(metrics with { Classes = ["yes"] }),
            "precision" => With(metrics with { PerClassPrecision = [1] }),
            "recall" => With(metrics with { PerClassRecall = null! }),
            "confusion" => With(metrics with { ConfusionMatrix = [[1, 2]] }),
            "row of confusion" => With(metrics with { ConfusionMatrix = [[1, 2], [3]] }),
            "count of confusion" => With(metrics with { ConfusionMatrix = [[1, 2], [3, double.NaN]] }),
            _ => With(metrics with { ConfusionMatrix = [[1, 2], null!] }),
        };
        Assert.Contains(damage, TrialDamage.In(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    public void Memory_that_is_no_number_is_refused(string memory)
    {
        var json = Json(RunDetails.Whole).Replace("\"peakMemoryInMegaBytes\":56.5", $"\"peakMemoryInMegaBytes\":{memory}", StringComparison.Ordinal);
        Assert.Contains("peakMemoryInMegaBytes is not a finite number of at least 0", Assert.Throws<JsonException>(() => Read(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_themselves_make_sense()
    {
        var whole = RunDetails.Whole;
        Assert.Null(TrialDamage.In(whole with { TrialId = 1 }));
        Assert.Null(TrialDamage.In(whole with { TrialId = 1_000_000 }));
        Assert.Null(TrialDamage.In(whole with { RuntimeInSeconds = 0, TrainingTimeInSeconds = 0, PeakMemory = 0 }));
        var failed = new RnnRunDetail { TrialId = 1, TrainerName = "bad", Exception = new EarlierFailure("why") };
        Assert.Null(TrialDamage.In(failed));
        Assert.NotNull(TrialDamage.In(failed with { Exception = null }));
        Assert.NotNull(TrialDamage.In(failed with { Loss = 1 }));
    }

    [Fact]
    public void A_failed_trial_has_no_rows_and_its_metrics_are_null()
    {
        var json = Json(new RnnRunDetail { TrialId = 3, TrainerName = "bad", Exception = new ArithmeticException() });
        Assert.StartsWith(
            "{\"trialId\":3,\"trainerName\":\"bad\",\"loss\":null,\"microAccuracy\":null,\"macroAccuracy\":null,\"logLoss\":null,\"logLossReduction\":null,\"topKAccuracy\":null,", json, StringComparison.Ordinal);
        Assert.Contains("\"classes\":null,\"perClassPrecision\":null,\"perClassRecall\":null,\"confusionMatrix\":null,\"rows\":0,\"rowsOfUnknownClass\":0,\"rowsWithoutLabel\":0,", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"trialId\":7")]
    [InlineData("\"microAccuracy\":0.875")]
    [InlineData("\"peakMemoryInMegaBytes\":56.5")]
    public void A_property_that_is_there_twice_is_refused(string property)
    {
        var json = Json(RunDetails.Whole);
        Assert.Throws<JsonException>(() => Read(json.Replace(property, $"{property},{property}", StringComparison.Ordinal)));
    }

    private static string Json(RnnRunDetail run) => JsonSerializer.Serialize(run, RunJson.Options);

    private static RnnRunDetail Read(string json) => JsonSerializer.Deserialize<RnnRunDetail>(json, RunJson.Options)!;

    private static RnnRunDetail Back(RnnRunDetail run) => Read(Json(run));
}

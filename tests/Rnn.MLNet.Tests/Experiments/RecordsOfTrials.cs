using System.Text.Json;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Journal;
using Rnn.MLNet.Experiments.Trials;
using Xunit;

namespace Rnn.MLNet.Tests.Experiments;

/// <summary>A trial is the same after it was written and read, and what makes no sense in a record is named.</summary>
public sealed class RecordsOfTrials
{
    [Fact]
    public void Everything_comes_back()
    {
        var back = Back(RunDetails.Whole);
        Assert.Equivalent(RunDetails.Whole, back, strict: true);
        Assert.Equal(JsonSerializer.Serialize(RunRecord.Of(RunDetails.Whole), RunRecord.Json), JsonSerializer.Serialize(RunRecord.Of(back), RunRecord.Json));
    }

    [Fact]
    public void Names_are_those_of_the_web_and_numbers_as_they_are()
    {
        var json = JsonSerializer.Serialize(RunRecord.Of(RunDetails.Whole), RunRecord.Json);
        Assert.StartsWith("{\"trialId\":7,\"trainerName\":\"search\",\"loss\":0.125,\"microAccuracy\":0.875,", json, StringComparison.Ordinal);
        Assert.Contains("\"rows\":13,\"rowsOfUnknownClass\":3,\"rowsWithoutLabel\":2,", json, StringComparison.Ordinal);
        Assert.Contains("\"peakMemoryInMegaBytes\":56.5,", json, StringComparison.Ordinal);
        Assert.Contains("\"perClassPrecision\":[0.8,null],\"perClassRecall\":[null,0.6]", json, StringComparison.Ordinal);
        Assert.Contains("\"learningCurve\":[{\"epoch\":1,\"loss\":0.9,\"accuracy\":0.4,\"validationAccuracy\":null},", json, StringComparison.Ordinal);
        Assert.Null(RunRecord.Of(RunDetails.Whole).Damage());
    }

    [Fact]
    public void Numbers_that_are_none_are_null_and_come_back_as_none()
    {
        var run = RunDetails.Whole with { ValidationMetrics = RunDetails.Whole.ValidationMetrics! with { LogLoss = double.NaN, LogLossReduction = double.NaN } };
        var record = RunRecord.Of(run);
        Assert.Equal((null, null), (record.LogLoss, record.LogLossReduction));
        Assert.Null(record.Damage());
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
        Assert.Equal((null, null, null, false), (back.Configuration, back.Epochs, back.OvershootInSeconds, back.Abandoned));
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
        { "runtime", "no finite number from 0" },
        { "training", "no finite number from 0" },
        { "memory", "no finite number from 0" },
        { "infinite runtime", "no finite number from 0" },
        { "infinite training", "no finite number from 0" },
        { "infinite memory", "no finite number from 0" },
        { "no runtime", "no finite number from 0" },
        { "loss", "loss is missing or not finite" },
        { "infinite loss", "loss is missing or not finite" },
        { "micro", "microAccuracy is missing, and yet there is a loss" },
        { "infinite micro", "microAccuracy, macroAccuracy or topKAccuracy" },
        { "macro", "microAccuracy, macroAccuracy or topKAccuracy" },
        { "topK", "microAccuracy, macroAccuracy or topKAccuracy" },
        { "classes", "their lengths differ" },
        { "fewer classes", "their lengths differ" },
        { "precision", "their lengths differ" },
        { "recall", "their lengths differ" },
        { "confusion", "their lengths differ" },
        { "row of confusion", "their lengths differ" },
        { "no row of confusion", "their lengths differ" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_makes_no_sense_is_named(string what, string damage)
    {
        var whole = RunRecord.Of(RunDetails.Whole);
        var record = what switch
        {
            "trialId" => whole with { TrialId = 0 },
            "trialId beyond" => whole with { TrialId = 1_000_001 },
            "trainerName" => whole with { TrainerName = "" },
            "settings" => whole with { Settings = null! },
            "setting" => whole with { Settings = new Dictionary<string, string> { ["Units"] = null! } },
            "learningCurve" => whole with { LearningCurve = null! },
            "runtime" => whole with { RuntimeInSeconds = -1 },
            "training" => whole with { TrainingTimeInSeconds = -1 },
            "memory" => whole with { PeakMemoryInMegaBytes = -1 },
            "infinite runtime" => whole with { RuntimeInSeconds = double.PositiveInfinity },
            "infinite training" => whole with { TrainingTimeInSeconds = double.PositiveInfinity },
            "infinite memory" => whole with { PeakMemoryInMegaBytes = double.PositiveInfinity },
            "no runtime" => whole with { RuntimeInSeconds = double.NaN },
            "loss" => whole with { Loss = null },
            "infinite loss" => whole with { Loss = double.PositiveInfinity },
            "micro" => whole with { MicroAccuracy = null },
            "infinite micro" => whole with { MicroAccuracy = double.PositiveInfinity },
            "macro" => whole with { MacroAccuracy = null },
            "topK" => whole with { TopKAccuracy = null },
            "classes" => whole with { Classes = null },
            "fewer classes" => whole with { Classes = ["yes"] },
            "precision" => whole with { PerClassPrecision = [1] },
            "recall" => whole with { PerClassRecall = null },
            "confusion" => whole with { ConfusionMatrix = [[1, 2]] },
            "row of confusion" => whole with { ConfusionMatrix = [[1, 2], [3]] },
            _ => whole with { ConfusionMatrix = [[1, 2], null!] },
        };
        Assert.Contains(damage, record.Damage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_themselves_make_sense()
    {
        var whole = RunRecord.Of(RunDetails.Whole);
        Assert.Null((whole with { TrialId = 1 }).Damage());
        Assert.Null((whole with { TrialId = 1_000_000 }).Damage());
        Assert.Null((whole with { RuntimeInSeconds = 0, TrainingTimeInSeconds = 0, PeakMemoryInMegaBytes = 0 }).Damage());
        Assert.Null(new RunRecord { TrialId = 1, TrainerName = "bad", Exception = "why" }.Damage());
        Assert.NotNull(new RunRecord { TrialId = 1, TrainerName = "bad" }.Damage());
        Assert.NotNull(new RunRecord { TrialId = 1, TrainerName = "bad", Exception = "why", Loss = 1 }.Damage());
    }

    [Fact]
    public void A_failed_trial_has_no_rows()
    {
        var record = RunRecord.Of(new RnnRunDetail { TrialId = 3, TrainerName = "bad", Exception = new ArithmeticException() });
        Assert.Equal((0, 0, 0), (record.Rows, record.RowsOfUnknownClass, record.RowsWithoutLabel));
        Assert.Null(record.Classes);
        Assert.Null(record.ConfusionMatrix);
    }

    [Fact]
    public void A_property_that_is_there_twice_is_refused()
    {
        var json = JsonSerializer.Serialize(RunRecord.Of(RunDetails.Whole), RunRecord.Json);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RunRecord>(json.Replace("\"trialId\":7", "\"trialId\":7,\"trialId\":8", StringComparison.Ordinal), RunRecord.Json));
    }

    private static RnnRunDetail Back(RnnRunDetail run) => JsonSerializer.Deserialize<RunRecord>(JsonSerializer.Serialize(RunRecord.Of(run), RunRecord.Json), RunRecord.Json)!.ToDetail();
}

using System.Text.Json.Nodes;

namespace Rnn.MLNet.Tests.Experiments.Journal;

/// <summary>Lines as version 0.1.0 wrote them: what is written today says the same, and an old journal is read.</summary>
public sealed class JournalCompatibilityTests : IDisposable
{
    private const string Good = """
        {"key":"1-4-9","elapsedInSeconds":12.5,"run":{"trialId":7,"trainerName":"search","loss":0.125,"microAccuracy":0.875,"macroAccuracy":0.75,"logLoss":0.5,"logLossReduction":0.25,"topKAccuracy":1,"rows":13,"rowsOfUnknownClass":3,"rowsWithoutLabel":2,"runtimeInSeconds":3.5,"trainingTimeInSeconds":2.5,"microsecondsPerRow":1.5,"modelSizeInBytes":1234,"peakMemoryInMegaBytes":56.5,"exception":null,"overshootInSeconds":0.75,"abandoned":true,"configuration":4,"steps":9,"settings":{"Units":"8","Cell":"GruCell"},"learningCurve":[{"epoch":1,"loss":0.9,"accuracy":0.4,"validationAccuracy":null},{"epoch":2,"loss":0.7,"accuracy":0.5,"validationAccuracy":0.45}],"classes":["yes","no"],"perClassPrecision":[0.8,null],"perClassRecall":[null,0.6],"confusionMatrix":[[3,1],[2,4]]},"sha256":"74359456d91bce8e581f863033c0d2d58e57f8c1d7821c37ab96fff472000949"}
        """;

    private const string Failed = """
        {"key":"0","elapsedInSeconds":14.25,"run":{"trialId":2,"trainerName":"bad","loss":null,"microAccuracy":null,"macroAccuracy":null,"logLoss":null,"logLossReduction":null,"topKAccuracy":null,"rows":0,"rowsOfUnknownClass":0,"rowsWithoutLabel":0,"runtimeInSeconds":2,"trainingTimeInSeconds":0,"microsecondsPerRow":null,"modelSizeInBytes":null,"peakMemoryInMegaBytes":0,"exception":"ArithmeticException: one two","overshootInSeconds":null,"abandoned":false,"configuration":null,"steps":null,"settings":{},"learningCurve":[],"classes":null,"perClassPrecision":null,"perClassRecall":null,"confusionMatrix":null},"sha256":"2431beac2e5547639dbe91cba62994537522aeda9b941b4de2fbc02c7ed1905e"}
        """;

    private const string NoProbabilities = """
        {"key":"2","elapsedInSeconds":20,"run":{"trialId":3,"trainerName":"no probabilities","loss":0.125,"microAccuracy":0.875,"macroAccuracy":0.75,"logLoss":null,"logLossReduction":null,"topKAccuracy":1,"rows":13,"rowsOfUnknownClass":3,"rowsWithoutLabel":2,"runtimeInSeconds":3.5,"trainingTimeInSeconds":2.5,"microsecondsPerRow":1.5,"modelSizeInBytes":null,"peakMemoryInMegaBytes":123.456789,"exception":null,"overshootInSeconds":null,"abandoned":true,"configuration":4,"steps":9,"settings":{"Units":"8","Cell":"GruCell"},"learningCurve":[{"epoch":1,"loss":"NaN","accuracy":0.1,"validationAccuracy":null}],"classes":["yes","no"],"perClassPrecision":[0.8,null],"perClassRecall":[null,0.6],"confusionMatrix":[[3,1],[2,4]]},"sha256":"2ae7da74328a4e8f894b49868834c141dddcf56e569a19f71a95aa1b003fbf34"}
        """;

    private readonly TemporaryFile _file = new(".jsonl");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void It_is_read()
    {
        File.WriteAllLines(_file.Path, [Good, Failed, NoProbabilities]);
        using var journal = new TrialJournal(_file.Path);
        Assert.Equal(20, journal.ElapsedInSeconds);
        Assert.Equivalent(RunDetails.Whole, journal.Find("1-4-9"), strict: true);
        Assert.Equivalent(NotCalibrated, journal.Find("2"), strict: true);
        var failed = journal.Find("0")!;
        Assert.Equal((2, "bad", "ArithmeticException: one two", 2.0), (failed.TrialId, failed.TrainerName, failed.Reason, failed.RuntimeInSeconds));
        Assert.Null(failed.ValidationMetrics);
    }

    [Fact]
    public void Its_lines_say_what_those_of_today_say()
    {
        using (var journal = new TrialJournal(_file.Path))
        {
            journal.Append("1-4-9", 12.5, RunDetails.Whole);
            journal.Append("0", 14.25, new RnnRunDetail { TrialId = 2, TrainerName = "bad", Exception = new ArithmeticException("one\r\ntwo"), RuntimeInSeconds = 2 });
            journal.Append("2", 20, NotCalibrated);
        }

        Assert.Equal([Contents(Good), Contents(Failed), Contents(NoProbabilities)], File.ReadLines(_file.Path).Select(Contents));
    }

    private static RnnRunDetail NotCalibrated { get; } = RunDetails.Whole with
    {
        TrialId = 3,
        TrainerName = "no probabilities",
        ValidationMetrics = RunDetails.Whole.ValidationMetrics! with { LogLoss = double.NaN, LogLossReduction = double.NaN },
        LearningCurve = [new LearningCurvePoint(1, double.NaN, 0.1, null)],
        PeakMemory = 123_456_789,
        ModelSizeInBytes = null,
        OvershootInSeconds = null,
    };

    /// <summary>The properties of a line by name; neither their order nor the checksum.</summary>
    private static string Contents(string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        json.Remove(LineChecksum.Property);
        json["run"] = new JsonObject(json["run"]!.AsObject().OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
        return json.ToJsonString();
    }
}

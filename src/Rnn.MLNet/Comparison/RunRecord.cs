using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rnn.MLNet.Comparison;

/// <summary>A trial as JSON, in the journal and in <see cref="ExperimentResult.SaveJson"/>.</summary>
internal sealed record RunRecord
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public int TrialId { get; init; }
    public string TrainerName { get; init; } = "";
    public double? Loss { get; init; }
    public double? MicroAccuracy { get; init; }
    public double? MacroAccuracy { get; init; }
    public double? LogLoss { get; init; }
    public double? LogLossReduction { get; init; }
    public double? TopKAccuracy { get; init; }
    public double RuntimeInSeconds { get; init; }
    public double TrainingTimeInSeconds { get; init; }
    public double? MicrosecondsPerRow { get; init; }
    public long? ModelSizeInBytes { get; init; }
    public double PeakMemoryInMegaBytes { get; init; }
    public string? Exception { get; init; }
    public double? OvershootInSeconds { get; init; }
    public bool Abandoned { get; init; }
    public int? Configuration { get; init; }
    public int? Epochs { get; init; }
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<LearningCurvePoint> LearningCurve { get; init; } = [];
    public IReadOnlyList<string>? Classes { get; init; }
    public IReadOnlyList<double>? PerClassPrecision { get; init; }
    public IReadOnlyList<double>? PerClassRecall { get; init; }
    public IReadOnlyList<IReadOnlyList<double>>? ConfusionMatrix { get; init; }

    public static RunRecord Of(RnnRunDetail run) => new()
    {
        TrialId = run.TrialId,
        TrainerName = run.TrainerName,
        Loss = run.Loss,
        MicroAccuracy = run.ValidationMetrics?.MicroAccuracy,
        MacroAccuracy = run.ValidationMetrics?.MacroAccuracy,
        LogLoss = run.ValidationMetrics?.LogLoss,
        LogLossReduction = run.ValidationMetrics?.LogLossReduction,
        TopKAccuracy = run.ValidationMetrics?.TopKAccuracy,
        RuntimeInSeconds = run.RuntimeInSeconds,
        TrainingTimeInSeconds = run.TrainingTimeInSeconds,
        MicrosecondsPerRow = run.MicrosecondsPerRow,
        ModelSizeInBytes = run.ModelSizeInBytes,
        PeakMemoryInMegaBytes = run.PeakMemory / 1e6,
        Exception = run.Exception is null ? null : Reason(run.Exception),
        OvershootInSeconds = run.OvershootInSeconds,
        Abandoned = run.Abandoned,
        Configuration = run.Configuration,
        Epochs = run.Epochs,
        Settings = run.Settings,
        LearningCurve = run.LearningCurve,
        Classes = run.ValidationMetrics?.Classes,
        PerClassPrecision = run.ValidationMetrics?.PerClassPrecision,
        PerClassRecall = run.ValidationMetrics?.PerClassRecall,
        ConfusionMatrix = run.ValidationMetrics?.ConfusionMatrix,
    };

    public RnnRunDetail ToDetail() => new()
    {
        TrialId = TrialId,
        TrainerName = TrainerName,
        Settings = Settings,
        Configuration = Configuration,
        Epochs = Epochs,
        ValidationMetrics = MicroAccuracy is null ? null : new ExperimentMetrics
        {
            MicroAccuracy = MicroAccuracy.Value,
            MacroAccuracy = MacroAccuracy!.Value,
            LogLoss = LogLoss!.Value,
            LogLossReduction = LogLossReduction!.Value,
            TopKAccuracy = TopKAccuracy!.Value,
            Classes = Classes!,
            PerClassPrecision = PerClassPrecision!,
            PerClassRecall = PerClassRecall!,
            ConfusionMatrix = ConfusionMatrix!,
        },
        Loss = Loss,
        RuntimeInSeconds = RuntimeInSeconds,
        TrainingTimeInSeconds = TrainingTimeInSeconds,
        MicrosecondsPerRow = MicrosecondsPerRow,
        ModelSizeInBytes = ModelSizeInBytes,
        PeakMemory = (long)(PeakMemoryInMegaBytes * 1e6),
        Exception = Exception is null ? null : new InvalidOperationException(Exception),
        OvershootInSeconds = OvershootInSeconds,
        Abandoned = Abandoned,
        LearningCurve = LearningCurve,
    };

    /// <summary>The reason in one line: what a wrapping exception wraps says more than itself.</summary>
    internal static string Reason(Exception exception) =>
        (exception is AggregateException or System.Reflection.TargetInvocationException ? exception.GetBaseException() : exception)
        .Message.ReplaceLineEndings(" ");
}

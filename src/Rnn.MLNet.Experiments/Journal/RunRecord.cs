using System.Text.Json;
using System.Text.Json.Serialization;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Experiments.Journal;

/// <summary>A trial as JSON, in the journal and in <see cref="ExperimentResult.SaveJson"/>.</summary>
internal sealed record RunRecord
{
    private const int MostTrials = 1_000_000;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowDuplicateProperties = false,
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
    public long Rows { get; init; }
    public long RowsOfUnknownClass { get; init; }
    public long RowsWithoutLabel { get; init; }
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
    public IReadOnlyList<double?>? PerClassPrecision { get; init; }
    public IReadOnlyList<double?>? PerClassRecall { get; init; }
    public IReadOnlyList<IReadOnlyList<double>>? ConfusionMatrix { get; init; }

    public static RunRecord Of(RnnRunDetail run) => new()
    {
        TrialId = run.TrialId,
        TrainerName = run.TrainerName,
        Loss = run.Loss,
        MicroAccuracy = run.ValidationMetrics?.MicroAccuracy,
        MacroAccuracy = run.ValidationMetrics?.MacroAccuracy,
        LogLoss = NumberOrNull(run.ValidationMetrics?.LogLoss),
        LogLossReduction = NumberOrNull(run.ValidationMetrics?.LogLossReduction),
        TopKAccuracy = run.ValidationMetrics?.TopKAccuracy,
        Rows = run.ValidationMetrics?.Rows ?? 0,
        RowsOfUnknownClass = run.ValidationMetrics?.RowsOfUnknownClass ?? 0,
        RowsWithoutLabel = run.ValidationMetrics?.RowsWithoutLabel ?? 0,
        RuntimeInSeconds = run.RuntimeInSeconds,
        TrainingTimeInSeconds = run.TrainingTimeInSeconds,
        MicrosecondsPerRow = run.MicrosecondsPerRow,
        ModelSizeInBytes = run.ModelSizeInBytes,
        PeakMemoryInMegaBytes = run.PeakMemory / 1e6,
        Exception = run.Reason,
        OvershootInSeconds = run.OvershootInSeconds,
        Abandoned = run.Abandoned,
        Configuration = run.Configuration,
        Epochs = run.Epochs,
        Settings = run.Settings,
        LearningCurve = run.LearningCurve,
        Classes = run.ValidationMetrics?.Classes,
        PerClassPrecision = NumbersOrNulls(run.ValidationMetrics?.PerClassPrecision),
        PerClassRecall = NumbersOrNulls(run.ValidationMetrics?.PerClassRecall),
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
            LogLoss = LogLoss ?? double.NaN,
            LogLossReduction = LogLossReduction ?? double.NaN,
            TopKAccuracy = TopKAccuracy!.Value,
            Rows = Rows,
            RowsOfUnknownClass = RowsOfUnknownClass,
            RowsWithoutLabel = RowsWithoutLabel,
            Classes = Classes!,
            PerClassPrecision = [.. PerClassPrecision!.Select(value => value ?? double.NaN)],
            PerClassRecall = [.. PerClassRecall!.Select(value => value ?? double.NaN)],
            ConfusionMatrix = ConfusionMatrix!,
        },
        Loss = Loss,
        RuntimeInSeconds = RuntimeInSeconds,
        TrainingTimeInSeconds = TrainingTimeInSeconds,
        MicrosecondsPerRow = MicrosecondsPerRow,
        ModelSizeInBytes = ModelSizeInBytes,
        PeakMemory = (long)(PeakMemoryInMegaBytes * 1e6),
        Exception = Exception is null ? null : new EarlierFailure(Exception),
        OvershootInSeconds = OvershootInSeconds,
        Abandoned = Abandoned,
        LearningCurve = LearningCurve,
    };

    /// <summary>What makes no sense in a record that was read; null if nothing.</summary>
    public string? Damage() =>
        TrialId is < 1 or > MostTrials ? $"trialId is {TrialId}; expected a number from 1 to {MostTrials}."
        : string.IsNullOrEmpty(TrainerName) ? "trainerName is missing."
        : Settings is null || Settings.Values.Contains(null!) ? "settings is null or has a null."
        : LearningCurve is null || LearningCurve.Contains(null!) ? "learningCurve is null or has a null."
        : !new[] { RuntimeInSeconds, TrainingTimeInSeconds, PeakMemoryInMegaBytes }.All(value => value >= 0 && double.IsFinite(value))
            ? "runtimeInSeconds, trainingTimeInSeconds or peakMemoryInMegaBytes is no finite number from 0."
        : MicroAccuracy is null ? Loss is null && Exception is not null ? null : "microAccuracy is missing, and yet there is a loss, or no exception."
        : Loss is not { } loss || !double.IsFinite(loss) ? "loss is missing or not finite."
        : !(double.IsFinite(MicroAccuracy.Value) && double.IsFinite(MacroAccuracy ?? double.NaN) && double.IsFinite(TopKAccuracy ?? double.NaN))
            ? "microAccuracy, macroAccuracy or topKAccuracy is missing or not finite."
        : Classes is null || PerClassPrecision?.Count != Classes.Count || PerClassRecall?.Count != Classes.Count
            || ConfusionMatrix?.Count != Classes.Count || ConfusionMatrix.Any(row => row?.Count != Classes.Count)
            ? "classes, perClassPrecision, perClassRecall or confusionMatrix is missing, or their lengths differ."
        : null;

    private static double?[]? NumbersOrNulls(IReadOnlyList<double>? values) => values is null ? null : [.. values.Select(value => NumberOrNull(value))];

    /// <summary>JSON has no NaN.</summary>
    private static double? NumberOrNull(double? value) => value is { } number && double.IsNaN(number) ? null : value;
}

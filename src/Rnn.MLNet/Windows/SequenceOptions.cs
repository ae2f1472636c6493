namespace Rnn.MLNet;

/// <summary>
/// How windows of a fixed length are cut out of a table with one row for each time step. Immutable.
/// <see cref="Microsoft.ML.RnnDataCatalog.CreateSequences"/> throws an <see cref="ArgumentOutOfRangeException"/> if a value is out of range.
/// </summary>
public sealed record SequenceOptions
{
    // Columns

    /// <summary>
    /// The name of the column that tells the series apart, such as machines or patients; null (the default) if all rows belong to one series. Texts,
    /// keys, numbers, Booleans, times or row identifiers, none of them missing. No window contains rows of two groups. The rows of different groups
    /// may be interleaved.
    /// </summary>
    public string? GroupBy { get; init; }

    /// <summary>
    /// The name of the column with the time of a row: DateTime, DateTimeOffset, TimeSpan or any number type. It must not decrease from row to row of
    /// a group. Null (the default) if the order of the rows alone counts.
    /// </summary>
    public string? OrderBy { get; init; }

    /// <summary>
    /// The names of the columns with the features of a time step, in the order in which they are concatenated: numbers of any type, Booleans (as 0
    /// and 1), or vectors of known size of these. They are converted to Single.
    /// </summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>
    /// How the label of a window follows from its rows; null (the default) for windows without a label. Its column must not be among the
    /// <see cref="Features"/>.
    /// </summary>
    public SequenceLabel? Label { get; init; }

    // Windows

    /// <summary>The number of time steps of a window, at least 1.</summary>
    public required int Length { get; init; }

    /// <summary>
    /// The number of steps from the beginning of a window to that of the next one of the group, at least 1. Default 1. Windows overlap if it is less
    /// than <see cref="Length"/>.
    /// </summary>
    public int Stride { get; init; } = 1;

    // Gaps and missing values

    /// <summary>
    /// The expected distance of two consecutive rows of a group, such as <c>TimeSpan.FromMinutes(1)</c> if <see cref="OrderBy"/> is a column of times, or
    /// <c>0.5</c> if it is one of numbers, there in the unit of the column (at least 1 if it holds integers). A distance of more than one and a half
    /// intervals is a gap; shorter distances are accepted. Null (the default): distances are not checked.
    /// </summary>
    public StepInterval? Interval { get; init; }

    /// <summary>What happens to gaps in time. Default <see cref="TimeGaps.Refuse"/>; the other values need an <see cref="Interval"/>.</summary>
    public TimeGaps Gaps { get; init; } = TimeGaps.Refuse;

    /// <summary>What happens to features that are missing (NaN). Default <see cref="MissingFeatures.Refuse"/>.</summary>
    public MissingFeatures MissingFeatures { get; init; } = MissingFeatures.Refuse;

    /// <summary>
    /// With <see cref="TimeGaps.CarryForward"/> or <see cref="MissingFeatures.CarryForward"/>: the largest number of steps in a row that take the value
    /// of a feature from an earlier step, from 1 to <see cref="Length"/> − 1. Null (the default) for <see cref="Length"/> − 1, so that at least one value of
    /// each feature in a window is its own.
    /// </summary>
    public int? MaxCarriedSteps { get; init; }

    // Output

    /// <summary>The name of the output column with the features of a window, <c>[Length, features]</c>. Default <c>Features</c>.</summary>
    public string FeaturesColumnName { get; init; } = "Features";

    /// <summary>The name of the output column with the label of a window, if it has one. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";
}

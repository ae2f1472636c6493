namespace Compare;

/// <summary>The parsed command-line options.</summary>
internal sealed record CompareOptions
{
    public required string DataFolder { get; init; }
    public required double Minutes { get; init; }
    public required int? Trials { get; init; }
    public required int? Limit { get; init; }
    public required int Seed { get; init; }
    public required int Concurrent { get; init; }
    public required string WorkFolder { get; init; }
    public required bool Fresh { get; init; }
    public required string ReportPath { get; init; }
    public required string? JsonPath { get; init; }
    public required string? CsvPath { get; init; }
    public required string ModelPath { get; init; }
    public required int Steps { get; init; }
    public required CompareMode Mode { get; init; }
}

/// <summary>The kind of comparison.</summary>
internal enum CompareMode
{
    /// <summary>Compares recurrent networks with ML.NET's trainers.</summary>
    Candidates,

    /// <summary>Compares successive halving with random search, over five seeds.</summary>
    Strategies,

    /// <summary>Compares the peak memory of 10 trials with that of 40.</summary>
    Memory,
}

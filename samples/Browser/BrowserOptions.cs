namespace Browser;

/// <summary>The parsed command-line options.</summary>
internal sealed record BrowserOptions
{
    public required string? DataFolder { get; init; }

    /// <summary>A trained network; null to train one.</summary>
    public required string? ModelPath { get; init; }

    public required int? Epochs { get; init; }
    public required string OutputFolder { get; init; }
}

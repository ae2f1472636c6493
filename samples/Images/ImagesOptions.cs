namespace Images;

/// <summary>The parsed command-line options.</summary>
internal sealed record ImagesOptions
{
    public required string DataFolder { get; init; }

    /// <summary>The folder of the PNG files; null for a temporary one.</summary>
    public required string? Folder { get; init; }

    public required SequenceLayout Layout { get; init; }
    public required int? Limit { get; init; }
    public required int? Epochs { get; init; }
    public required int Units { get; init; }
    public required int Seed { get; init; }

    /// <summary>The file of the model; null for one in the folder of the PNG files.</summary>
    public required string? ModelPath { get; init; }
}

namespace Mnist;

/// <summary>The parsed command-line options.</summary>
internal sealed record MnistOptions
{
    public required string DataFolder { get; init; }
    public required string Cell { get; init; }
    public required int Units { get; init; }
    public required int Layers { get; init; }
    public required bool Bidirectional { get; init; }
    public required int? Epochs { get; init; }
    public required int? BatchSize { get; init; }
    public required int? Limit { get; init; }
    public required int Seed { get; init; }
    public required int? Threads { get; init; }
    public required string ModelPath { get; init; }
    public required string? OnnxPath { get; init; }
    public required string? JsonPath { get; init; }
}

namespace Sensors;

/// <summary>The parsed command-line options.</summary>
internal sealed record SensorsOptions
{
    public required int Machines { get; init; }
    public required int? Epochs { get; init; }
    public required int Seed { get; init; }
    public required int Delay { get; init; }
    public required string ModelPath { get; init; }
}

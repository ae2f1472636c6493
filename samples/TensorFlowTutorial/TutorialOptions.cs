namespace TensorFlowTutorial;

/// <summary>What a run of the tutorial can be told; the defaults are the tutorial's.</summary>
internal sealed record TutorialOptions
{
    public required string DataFolder { get; init; }
    public required CellChoice Cell { get; init; }
    public required bool Bidirectional { get; init; }
    public required int Steps { get; init; }
    public required double LearningRate { get; init; }
    public required OptimizerKind Optimizer { get; init; }
    public required int Seed { get; init; }
    public required string? JsonPath { get; init; }
}

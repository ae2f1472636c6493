namespace TensorFlowTutorial;

/// <summary>The options of a run. The defaults on the command line are those of the tutorial.</summary>
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

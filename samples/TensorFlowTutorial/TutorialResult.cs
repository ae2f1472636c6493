using System.Text.Json;

namespace TensorFlowTutorial;

/// <summary>What a run of the tutorial gave, as the JSON file has it.</summary>
internal sealed record TutorialResult
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public required string Cell { get; init; }
    public required bool Bidirectional { get; init; }
    public required int Seed { get; init; }
    public required long Steps { get; init; }
    public required double TrainSeconds { get; init; }

    /// <summary>On the first 128 test images, as the tutorial measures it.</summary>
    public required double TestingAccuracy128 { get; init; }

    /// <summary>On all 10,000 test images.</summary>
    public required double MicroAccuracy { get; init; }
    public required double MacroAccuracy { get; init; }
    public required double LogLoss { get; init; }

    /// <summary>Loss of the minibatch, by step, of the steps that were printed.</summary>
    public required IReadOnlyDictionary<long, double> LossAtStep { get; init; }

    /// <summary>Accuracy on the minibatch, by step, of the steps that were printed.</summary>
    public required IReadOnlyDictionary<long, double> AccuracyAtStep { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format));
}

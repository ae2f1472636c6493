using System.Text.Json;

namespace TensorFlowTutorial;

/// <summary>The results of a run, as written by --json.</summary>
internal sealed record TutorialResult
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public required string Cell { get; init; }
    public required bool Bidirectional { get; init; }
    public required int Seed { get; init; }
    public required long Steps { get; init; }
    public required double TrainSeconds { get; init; }

    /// <summary>The accuracy on the first 128 test images, as measured by the tutorial.</summary>
    public required double TestingAccuracy128 { get; init; }

    /// <summary>The micro-accuracy on all 10,000 test images.</summary>
    public required double MicroAccuracy { get; init; }
    public required double MacroAccuracy { get; init; }
    public required double LogLoss { get; init; }

    /// <summary>The loss on the minibatch at each printed step.</summary>
    public required IReadOnlyDictionary<long, double> LossAtStep { get; init; }

    /// <summary>The accuracy on the minibatch at each printed step.</summary>
    public required IReadOnlyDictionary<long, double> AccuracyAtStep { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format));
}

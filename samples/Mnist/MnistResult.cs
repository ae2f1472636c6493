using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mnist;

/// <summary>The results of a run, as written by --json.</summary>
internal sealed record MnistResult
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        // Named, as a program that is trimmed has no other by default.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public required string Cell { get; init; }
    /// <summary>The number of epochs that were trained.</summary>
    public required int Epochs { get; init; }
    public required int BatchSize { get; init; }
    public required int Seed { get; init; }
    public required int TrainRows { get; init; }
    public required int TestRows { get; init; }

    /// <summary>The time that <c>Fit</c> took, including reading the images.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>The training rows of all epochs divided by <see cref="TrainSeconds"/>.</summary>
    public required double RowsPerSecond { get; init; }
    public required double MicroAccuracy { get; init; }
    public required double MacroAccuracy { get; init; }
    public required double LogLoss { get; init; }

    /// <summary>The micro-accuracy of the reloaded model.</summary>
    public required double ReloadedMicroAccuracy { get; init; }

    /// <summary>The largest absolute difference between a score of the fitted model and of the reloaded one.</summary>
    public required double ReloadedMaxScoreDifference { get; init; }
    public required long ModelBytes { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mnist;

/// <summary>The figures of one run, as --json writes them.</summary>
internal sealed record MnistResult
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public required string Cell { get; init; }
    public required int Epochs { get; init; }
    public required int Seed { get; init; }
    public required int TrainRows { get; init; }
    public required int TestRows { get; init; }

    /// <summary>What Fit took, reading the images included.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Training rows of all epochs, by <see cref="TrainSeconds"/>.</summary>
    public required double RowsPerSecond { get; init; }
    public required double MicroAccuracy { get; init; }
    public required double MacroAccuracy { get; init; }
    public required double LogLoss { get; init; }

    /// <summary>The same as <see cref="MicroAccuracy"/>, from the model that was saved and loaded again.</summary>
    public required double ReloadedMicroAccuracy { get; init; }

    /// <summary>The largest difference between a probability before saving and after loading.</summary>
    public required double ReloadedMaxScoreDifference { get; init; }
    public required long ModelBytes { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rnn.MLNet.Tests.Readme;

/// <summary>The code of docs/streams.md, compiled and run.</summary>
public sealed partial class StreamsExampleTests : IDisposable
{
    private const string Begin = "// <streams.md>";
    private const string End = "// </streams.md>";

    [Fact]
    public void The_code_runs()
    {
        Save("gestures.zip");

        // <streams.md>
        using var model = new MLContext().Model.LoadRnn("gestures.zip", out _);
        var network = model.OfType<RnnClassifierTransformer>().Single();

        using RnnStepEngine engine = network.CreateStepEngine();
        foreach (float[] features in Sensor.Read())
        {
            ReadOnlySpan<float> scores = engine.Step(features);
            if (engine.Steps >= engine.TimeSteps && scores[engine.PredictedIndex] > 0.9f)
            {
                Console.WriteLine($"step {engine.Steps}: {engine.PredictedLabel}");
                engine.Reset();
            }
        }

        const int Stride = 5;
        var turns = Enumerable.Range(0, engine.TimeSteps / Stride).Select(_ => network.CreateStepEngine()).ToArray();
        var step = 0;
        foreach (float[] features in Sensor.Read())
        {
            for (var i = 0; i < turns.Length && i * Stride <= step; i++)
            {
                turns[i].Step(features);
                if (turns[i].Steps == engine.TimeSteps)
                {
                    Console.WriteLine($"steps {step + 1 - engine.TimeSteps} to {step}: {turns[i].PredictedLabel}");
                    turns[i].Reset();
                }
            }

            step++;
        }

        File.WriteAllBytes("sensor-1.state", engine.SaveState());

        using var resumed = network.CreateStepEngine();
        resumed.RestoreState(File.ReadAllBytes("sensor-1.state"));
        Console.WriteLine($"{resumed.Steps} steps so far: {resumed.PredictedLabel ?? "nothing yet"}");

        var engines = Sensor.Names.ToDictionary(name => name, _ => network.CreateStepEngine());
        Parallel.ForEach(engines, stream =>
        {
            foreach (float[] features in Sensor.Read())
            {
                stream.Value.Step(features);
            }
        });
        Console.WriteLine(string.Join(", ", engines.Select(stream => $"{stream.Key}: {stream.Value.PredictedLabel}")));

        float[] previous = new float[engine.Features];
        foreach (float[] features in Sensor.Read())
        {
            for (var i = 0; i < features.Length; i++)
            {
                features[i] = float.IsFinite(features[i]) ? features[i] : previous[i];
            }

            engine.Step(features);
            features.CopyTo(previous, 0);                  // the source may use its array again
        }
        // </streams.md>

        // Each turn is a window of its own.
        Assert.Equal([0, 5, 10, 15], turns.Select(turn => (SyntheticLength - turn.Steps) % engine.TimeSteps));
        Assert.Equal(resumed.Steps + SyntheticLength, engine.Steps);
        Assert.All(engines.Values, stream => Assert.Equal(SyntheticLength, stream.Steps));
    }

    [Fact]
    public void The_page_shows_this_code()
    {
        var page = File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../../../docs/streams.md")));
        var shown = Block().Matches(page).SelectMany(block => Lines(block.Groups[1].Value)).Where(line => !line.StartsWith("using ", StringComparison.Ordinal) || line.Contains('='));
        var run = File.ReadAllText(SourceFile()).Split(Begin)[2].Split(End)[0];

        Assert.Equal(Lines(run), shown);
    }

    public void Dispose()
    {
        File.Delete("gestures.zip");
        File.Delete("sensor-1.state");
    }

    private const int SyntheticLength = 60;

    /// <summary>Trains and saves a small network with windows of 20 steps.</summary>
    private static void Save(string path)
    {
        var context = new MLContext(seed: 1);
        var rows = Enumerable.Range(0, 12).Select(i => new Window { Features = [.. Sensor.Read().Take(20).SelectMany(features => features)], Label = (uint)(i % 2) });
        var data = context.Data.LoadFromEnumerable(rows.ToList());
        using var model = context.Transforms.RnnClassifier(new RnnClassifierOptions { Cell = new GruCell(4), MaxSteps = 1, Device = RnnDevice.Cpu }).Fit(data);
        model.SaveTo(path, data.Schema);
    }

    private static string[] Lines(string code) => [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string SourceFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    private static class Sensor
    {
        public static string[] Names => ["left", "right"];

        public static IEnumerable<float[]> Read() => Enumerable.Range(0, SyntheticLength).Select(step => new[] { MathF.Sin(step), MathF.Cos(step) });
    }

    private sealed class Window
    {
        [VectorType(20, 2)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}

using Rnn.MLNet.Benchmarks.Latency;
using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Web;

/// <summary>Implements --web: serves an LSTM(128) that has been trained on MNIST, and prints a table.</summary>
internal static class WebProgram
{
    private const int Rows = 2_048;
    private static readonly int[] Connections = [1, 8, 32];
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1);

    /// <summary>Returns the exit code: 1 if a request failed.</summary>
    public static async Task<int> RunAsync(WebOptions options)
    {
        Console.WriteLine(MachineDescription.Text);
        if (MachineLoad.Warning("requests waited for a core") is { } load)
        {
            Console.WriteLine($"warning: {load}");
        }

        using var model = new TrainedModel(NetworkShape.Lstm);
        var rows = MnistRows.Test(Rows).Sequences;
        PrintEngines(model, rows);
        using var service = new WebService(new Dictionary<string, string>
        {
            ["Model__Path"] = model.ZipPath,
            ["Model__FeatureColumn"] = LabelledSequence.FeatureColumn,
        });
        await WebCheck.AgreeAsync(service.Address, model.Reloaded, [.. rows.Take(200)]);

        List<WebLoad> loads =
        [
            .. Connections.SelectMany(connections => new[] { WebRequest.Trivial, WebRequest.Predict(rows), WebRequest.Batch(rows, options.BatchRows) }
                .Select(request => new WebLoad(service, request, connections))),
        ];
        await MeasureAsync(loads, options);
        loads.ForEach(measured => measured.Dispose());
        return Print([.. loads.Select(measured => measured.Result())], options.JsonPath);
    }

    /// <summary>Everything in turn in each round, so that a slow moment of the machine falls on all.</summary>
    private static async Task MeasureAsync(IReadOnlyList<WebLoad> loads, WebOptions options)
    {
        for (var round = 0; round <= options.Rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warm-up" : $"round {round} of {options.Rounds}");
            foreach (var load in loads)
            {
                await load.RunAsync(round == 0 ? WarmUpTime : options.RoundTime);
                if (round == 0)
                {
                    load.Clear();
                }
            }
        }
    }

    private static void PrintEngines(TrainedModel model, LabelledSequence[] rows)
    {
        var context = new MLContext(seed: 1);
        Console.WriteLine($"One row without the web: {Microseconds(model.Reloaded):F0} µs as Model.Load loads the zip, which the sample does; {Microseconds(model.ReloadedHere):F0} µs as LoadRnn does.");

        double Microseconds(ITransformer loaded)
        {
            using var engine = context.Model.CreatePredictionEngine<LabelledSequence, SequenceScore>(loaded, new PredictionEngineOptions { OwnsTransformer = false });
            var score = new SequenceScore();
            OneRowLatency.Measure(Score, TimeSpan.FromSeconds(0.5));
            return OneRowLatency.Measure(Score, TimeSpan.FromSeconds(1))[0];

            void Score(int i) => engine.Predict(rows[i % rows.Length], ref score);
        }
    }

    private static int Print(IReadOnlyList<WebResult> results, string? jsonPath)
    {
        MarkdownTable.Begin("Endpoint", "Connections", "Requests/s", "Rows/s", "p50, ms", "p99, ms", "Longest, ms", "Server, µs/request", "Requests", "Failures");
        foreach (var result in results)
        {
            MarkdownTable.Row(
                result.Request, $"{result.Connections}", Count(result.RequestsPerSecond), result.RowsPerSecond > 0 ? Count(result.RowsPerSecond) : "",
                Time(result.Median), Time(result.Percentile99), Time(result.Longest), Count(result.ServerMicroseconds), Count(result.Requests), Count(result.Failures));
        }

        if (jsonPath is not null)
        {
            File.WriteAllText(jsonPath, JsonSerializer.Serialize(results, ResultJson.Format) + "\n");
        }

        return results.Any(result => result.Failures > 0) ? 1 : 0;
    }

    private static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(double milliseconds) => milliseconds.ToString("F2", CultureInfo.InvariantCulture);
}

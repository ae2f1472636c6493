namespace Rnn.MLNet.Benchmarks.Reliability.Stress;

/// <summary>
/// Implements --stress: trains repeatedly while other threads allocate garbage, as the rest of an application does. It detects native calls
/// whose arguments the garbage collector may free too early, which fail about once in several thousand steps.
/// </summary>
internal static class StressProgram
{
    private const int AllocatingThreads = 2;

    /// <summary>The objects that the threads have allocated; static, so the compiler cannot eliminate them as unused.</summary>
    private static readonly object?[] Garbage = new object?[AllocatingThreads];

    private static readonly RnnClassifierOptions[] Variants =
    [
        new() { Cell = new BasicLstmCell(16) },
        new() { Cell = new GruCell(12), Optimizer = OptimizerKind.AdamW, WeightDecay = 0.01 },
        new() { Cell = new BasicRnnCell(16), Optimizer = OptimizerKind.Sgd, LearningRate = 0.05 },
        new() { Cell = new LayerNormBasicLstmCell(12), Optimizer = OptimizerKind.RmsProp, Dropout = 0.1 },
        new() { Cell = new LstmCell(12) { UsePeepholes = true, CellClip = 3 }, Precision = RnnPrecision.BFloat16, ValidationFraction = 0.2 },
    ];

    /// <returns>Whether every fit succeeded.</returns>
    public static bool Run(TimeSpan time)
    {
        var (fits, steps) = (0, 0L);
        var errors = new Dictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var threads = Enumerable.Range(0, AllocatingThreads).Select(thread => Start(thread, stop.Token)).ToList();
        var clock = Stopwatch.StartNew();
        var shown = TimeSpan.Zero;
        while (clock.Elapsed < time)
        {
            // Mostly the first variant, whose steps are the fastest.
            var options = Variants[fits % 2 == 0 ? 0 : fits / 2 % Variants.Length] with { Epochs = 10, BatchSize = 32, Threads = 2, Seed = fits };
            try
            {
                using var model = Fuzz.SmallTask.Fit(options, rows: 960);
                steps += model.History.Steps;
            }
            catch (Exception exception)
            {
                var reason = exception.GetBaseException().Message.Split('\n')[0];
                errors[reason] = errors.GetValueOrDefault(reason) + 1;
            }

            fits++;
            if (clock.Elapsed - shown >= TimeSpan.FromMinutes(1))
            {
                shown = clock.Elapsed;
                Console.Error.WriteLine($"{shown:hh\\:mm\\:ss}  {fits} fits, {steps} steps, {errors.Values.Sum()} errors, {GC.CollectionCount(0)} collections");
            }
        }

        stop.Cancel();
        threads.ForEach(thread => thread.Join());
        MarkdownTable.Begin("minutes", "fits", "steps", "collections", "errors");
        MarkdownTable.Row($"{clock.Elapsed.TotalMinutes:F1}", $"{fits}", $"{steps}", $"{GC.CollectionCount(0)}", $"{errors.Values.Sum()}");
        foreach (var (reason, count) in errors)
        {
            Console.WriteLine($"{count} times: {reason}");
        }

        return errors.Count == 0;
    }

    private static Thread Start(int place, CancellationToken stop)
    {
        var thread = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Garbage[place] = Enumerable.Range(0, 20_000).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList();
            }
        })
        { IsBackground = true, Name = "Allocates" };
        thread.Start();
        return thread;
    }
}

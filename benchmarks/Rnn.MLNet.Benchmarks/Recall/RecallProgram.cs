using System.Diagnostics;
using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Recall;

/// <summary>Trains each kind of cell on the memory tasks of the literature until it has solved them or the optimiser steps are used up.</summary>
internal static class RecallProgram
{
    private const double Solved = 0.99;
    private const int Units = 64;
    private const int BatchSize = 32;
    private const int TrainingRows = 10_000;
    private const int ValidationRows = 1_000;
    private const int TestRows = 2_000;

    public static void Run(RecallOptions options)
    {
        Console.WriteLine($"{MachineDescription.Text}");
        Console.WriteLine(
            $"{Units} units, minibatches of {BatchSize}, otherwise the defaults; {options.Steps:N0} optimiser steps, "
            + $"fewer as soon as {100 * Solved:F0} % of {ValidationRows:N0} other sequences are answered; {TestRows:N0} test sequences");
        MarkdownTable.Begin("task", "time steps", "cell", "solved", "median test accuracy", "least", "most", "chance", "median steps", "median seconds");
        foreach (var task in options.Tasks)
        {
            foreach (var length in options.Lengths)
            {
                foreach (var (name, cell) in Cells(length))
                {
                    Trial[] trials = [.. Enumerable.Range(1, options.Seeds).Select(seed => Measure(options.Steps, task, length, cell, seed))];
                    var accuracies = trials.Select(trial => trial.Accuracy).Order().ToArray();
                    MarkdownTable.Row(
                        task.Name, $"{length}", name, $"{trials.Count(trial => trial.Accuracy >= Solved)} of {options.Seeds}",
                        $"{100 * accuracies[options.Seeds / 2]:F1} %", $"{100 * accuracies[0]:F1}", $"{100 * accuracies[^1]:F1}", $"{100.0 / task.Classes:F1}",
                        $"{Median(trials.Select(trial => trial.Steps)):N0}", $"{Median(trials.Select(trial => trial.Seconds)):F0}");
                }
            }
        }

        static T Median<T>(IEnumerable<T> values) => values.Order().ElementAt(values.Count() / 2);
    }

    /// <summary>
    /// The LSTM and the GRU begin with a memory of about the length of the sequence, by a bias of log(steps) in the gate that keeps the state (Tallec and
    /// Ollivier, 2018). With the default, 1, a quarter of a state is gone after each step.
    /// </summary>
    private static IReadOnlyList<(string Name, RnnCell Cell)> Cells(int length)
    {
        var bias = Math.Log(length);
        return
        [
            ($"LSTM, forget bias {bias:F1}", new BasicLstmCell(Units) { ForgetBias = bias }),
            ($"GRU, update bias {bias:F1}", new GruCell(Units) { UpdateBias = bias }),
            ("simple RNN", new BasicRnnCell(Units)),
            ("LSTM, defaults", new BasicLstmCell(Units)),
            ("GRU, defaults", new GruCell(Units)),
        ];
    }

    private static Trial Measure(int steps, RecallTask task, int length, RnnCell cell, int seed)
    {
        var context = new MLContext(seed);
        using var solved = new CancellationTokenSource();
        var options = new RnnClassifierOptions
        {
            Cell = cell,
            BatchSize = BatchSize,
            MaxSteps = steps,
            Seed = seed,
            ValidationSet = Rows(ValidationRows, 1),
            CancellationToken = solved.Token,
            OnCancel = OnCancel.KeepBest,
            Progress = new ImmediateProgress(progress =>
            {
                if (progress.ValidationAccuracy >= Solved)
                {
                    solved.Cancel();
                }
            }),
        };
        var clock = Stopwatch.StartNew();
        using var model = context.Transforms.RnnClassifier(options).Fit(Rows(TrainingRows, 0));
        var seconds = clock.Elapsed.TotalSeconds;
        var metrics = context.MulticlassClassification.Evaluate(model.Transform(Rows(TestRows, 2)));
        return new Trial(metrics.MicroAccuracy, model.History.Steps, seconds);

        IDataView Rows(int count, int set) => task.Rows(context, count, length, seed: 10 * seed + set);
    }

    private sealed record Trial(double Accuracy, long Steps, double Seconds);
}

using Rnn.MLNet.Benchmarks.Data;

namespace Rnn.MLNet.Benchmarks.Defaults;

/// <summary>Trains every kind of cell on the memory tasks of the literature, at 50 and at 100 time steps.</summary>
internal static class RecallProgram
{
    private const int Units = 64;
    private const int TrainingRows = 20_000;
    private const int TestRows = 2_000;

    public static void Run(int seeds)
    {
        MarkdownTable.Begin("task", "time steps", "cell", "median accuracy", "least", "most", "chance", "seconds", "chosen");
        foreach (var task in (RecallTask[])[RecallTask.CopyMemory, RecallTask.TemporalOrder])
        {
            foreach (var length in (int[])[50, 100])
            {
                // A forget gate that begins open for about the length of the sequence (Tallec and Ollivier, 2018): with the default bias, 1, an LSTM
                // forgets a letter within ten blanks and never learns that it matters.
                foreach (var cell in (RnnCell[])[new BasicLstmCell(Units) { ForgetBias = Math.Log(length) }, new GruCell(Units), new BasicRnnCell(Units)])
                {
                    Measure(task, length, cell, seeds);
                }
            }
        }
    }

    private static void Measure(RecallTask task, int length, RnnCell cell, int seeds)
    {
        DefaultsRun[] runs = [.. Enumerable.Range(1, seeds).Select(seed =>
        {
            var context = new MLContext(seed);
            return DefaultsRun.Measure(
                context, new RnnClassifierOptions { Cell = cell, Seed = seed },
                task.Rows(context, TrainingRows, length, seed), task.Rows(context, TestRows, length, -seed));
        })];
        double[] accuracies = [.. runs.Select(run => run.Accuracy).Order()];
        MarkdownTable.Row(
            task.Name, $"{length}", cell.GetType().Name, $"{100 * accuracies[seeds / 2]:F1} %", $"{100 * accuracies[0]:F1}", $"{100 * accuracies[^1]:F1}",
            $"{100.0 / task.Classes:F1}", $"{runs.Average(run => run.Seconds):F1}", runs[0].Chosen);
    }
}

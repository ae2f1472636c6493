namespace Rnn.MLNet.Tests.Situations;

/// <summary>The process ends while a thread of it fits a network, or scores with one.</summary>
internal sealed class ExitDuringWork : ISituation
{
    public const int ExitCode = 7;

    public static int Main(string[] args)
    {
        var (work, end) = (args[0], args[1]);
        var context = new MLContext(seed: 1);
        using var running = new ManualResetEventSlim();
        var options = SyntheticSequences.Options with
        {
            Cell = new BasicLstmCell(64),
            Epochs = 1_000_000,
            Progress = new Called(_ =>
            {
                running.Set();
                if (end == "from progress")
                {
                    Environment.Exit(ExitCode);
                }
            }),
        };
        var data = context.Transforms.Conversion.MapValueToKey("Label").Fit(SyntheticSequences.Text(context, 2000)).Transform(SyntheticSequences.Text(context, 2000));
        Action body;
        if (work == "fit")
        {
            body = () => context.Transforms.RnnClassifier(options).Fit(data);
        }
        else
        {
            // Large enough to be in the midst of a product at almost any moment.
            var model = context.Transforms.RnnClassifier(options with { Cell = new BasicLstmCell(512), Threads = 2, MaxSteps = 1, Progress = null }).Fit(data);
            var engine = context.Model.CreatePredictionEngine<Sequence<string>, Answer>(model);
            var row = SyntheticSequences.Rows(1, seed: 2).Single();
            body = work == "transform"
                ? () => Repeat(() => { _ = model.Transform(data).GetColumn<uint>("PredictedLabel").Count(); running.Set(); })
                : () => Repeat(() => { engine.Predict(row); running.Set(); });
        }

        new Thread(() => body()) { IsBackground = true }.Start();
        running.Wait();
        Thread.Sleep(100);
        if (end == "exit")
        {
            Environment.Exit(ExitCode);
        }
        else if (end != "return")
        {
            Console.WriteLine("running");
            Thread.Sleep(Timeout.Infinite);
        }

        return ExitCode;
    }

    private static void Repeat(Action action)
    {
        while (true)
        {
            action();
        }
    }

    private sealed class Answer
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class Called(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}

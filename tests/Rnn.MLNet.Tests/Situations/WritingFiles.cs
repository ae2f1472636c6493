namespace Rnn.MLNet.Tests.Situations;

/// <summary>Writes checkpoints or models over and over, until it is killed; says when the first is there.</summary>
internal sealed class WritingFiles : ISituation
{
    private const int Last = 150;

    public static int Main(string[] args)
    {
        var (kind, path) = (args[0], args[1]);
        if (kind == "checkpoint")
        {
            var reports = 0;
            var listener = new Listener(_ =>
            {
                if (++reports == 2)
                {
                    Console.WriteLine("writing");
                }
                else if (reports == Last)
                {
                    // Whoever is to kill it may be late.
                    Thread.Sleep(Timeout.Infinite);
                }
            });
            SyntheticSequences.Fit(Interrupted with { CheckpointPath = path, CheckpointInterval = 1, Progress = listener }).Dispose();
            return 0;
        }

        var context = new MLContext(seed: 1);
        var data = SyntheticSequences.Keyed(context, 12);
        using var model = context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 }).Fit(data);
        for (var written = 0; ; written++)
        {
            model.SaveTo(path + ".zip", data.Schema);
            model.ExportOnnx(path + ".onnx");
            if (written == 0)
            {
                Console.WriteLine("writing");
            }
        }
    }

    /// <summary>Long enough to be killed in it, several times.</summary>
    public static RnnClassifierOptions Interrupted { get; } = SyntheticSequences.Options with
    {
        Epochs = 100,
        Dropout = 0.2,
        ValidationFraction = 0.2,
        EarlyStoppingPatience = 1000,
    };
}

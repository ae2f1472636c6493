using System.Security.Cryptography;
using Rnn.MLNet.Benchmarks.Reliability.Fuzz;

namespace Rnn.MLNet.Benchmarks.Reliability.Kill;

/// <summary>Runs in the child: a training with a checkpoint, which goes on from what it finds, if it lives so long.</summary>
internal static class KilledTraining
{
    public const string Name = "kill-training";
    public const string Ready = "step ";
    public const string Digest = "digest ";

    /// <summary>How often the state is written.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["epochs"];

    public static void Run(string kind, string folder)
    {
        var isFirst = true;
        var options = SmallTask.Options with
        {
            Cell = new BasicLstmCell(96),
            BatchSize = 32,
            Epochs = kind == "epochs" ? 40 : 4,
            Dropout = 0.2,
            ValidationFraction = 0.1,
            Threads = 2,
            CheckpointPath = Path.Combine(folder, "training.checkpoint"),
            Progress = new Training.ImmediateProgress(progress =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    Say($"{Ready}{progress.Step}");
                }
            }),
        };
        using var model = SmallTask.Fit(options, rows: 320);
        var path = Path.Combine(folder, "model.onnx");
        model.ExportOnnx(path);
        Say(Digest + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}

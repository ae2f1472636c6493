using System.Text;
using Rnn.MLNet.Benchmarks.Reliability.Fuzz;

namespace Rnn.MLNet.Benchmarks.Reliability.Kill;

/// <summary>Runs in the child process: training with a checkpoint, or an experiment with a journal. It resumes from existing files.</summary>
internal static class KilledTraining
{
    public const string Name = "kill-training";
    public const string Ready = "step ";
    public const string Digest = "digest ";

    /// <summary>
    /// The kinds of work: training with a checkpoint after each epoch; training with one after every third minibatch; an experiment.
    /// </summary>
    public static readonly IReadOnlyList<string> Kinds = ["epochs", "minibatches", "experiment"];

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="say">Called when the work starts, and with a digest of its result.</param>
    public static void Run(string kind, string folder, Action<string> say)
    {
        var result = kind == "experiment" ? Experiment(folder, say) : Train(kind, folder, say);
        say(Digest + Convert.ToHexString(SHA256.HashData(result)));
    }

    /// <summary>Trains a network and returns it as ONNX, which contains every bit of all weights.</summary>
    private static byte[] Train(string kind, string folder, Action<string> say)
    {
        var isFirst = true;
        var options = SmallTask.Options with
        {
            Cell = new BasicLstmCell(64),
            BatchSize = kind == "epochs" ? 32 : 8,
            Epochs = kind == "epochs" ? 20 : 3,
            CheckpointInterval = kind == "epochs" ? null : 3,
            Dropout = 0.2,
            ValidationFraction = 0.1,
            Threads = 2,
            CheckpointPath = Path.Combine(folder, "training.checkpoint"),
            Progress = new Training.ImmediateProgress(progress =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    say($"{Ready}{progress.Step}");
                }
            }),
        };
        using var model = SmallTask.Fit(options, rows: 320);
        var path = Path.Combine(folder, "model.onnx");
        model.ExportOnnx(path);
        return File.ReadAllBytes(path);
    }

    /// <summary>
    /// Runs an experiment and returns all metrics of all trials and the name of the best one. Its model is not compared: a model loaded from its
    /// zip runs in ONNX Runtime, which rounds differently.
    /// </summary>
    private static byte[] Experiment(string folder, Action<string> say)
    {
        var context = new MLContext(seed: 1);
        var experiment = context.MulticlassClassification.CreateRnnExperiment(new RnnExperimentSettings { WorkingDirectory = folder, Seed = 1, Threads = 1 });
        foreach (var units in Enumerable.Range(2, 8))
        {
            experiment.Add($"{units} units", trial => trial.Transforms.RnnClassifier(SmallTask.Options with { Cell = new GruCell(units) }));
        }

        say($"{Ready}{Directory.GetFiles(folder, "*.zip", SearchOption.AllDirectories).Length}");
        var result = experiment.Execute(SmallTask.Text(context, 64), SmallTask.Text(context, 32, seed: 2));
        var metrics = result.RunDetails.Select(run => $"{run.TrainerName} {JsonSerializer.Serialize(run.ValidationMetrics, FileTargets.Numbers)}");
        return Encoding.UTF8.GetBytes(string.Join('\n', [.. metrics, result.BestRun!.TrainerName]));
    }
}

using Rnn.MLNet.Benchmarks.Reliability.Fuzz;

namespace Rnn.MLNet.Benchmarks.Reliability.Soak;

/// <summary>A little of everything that an application does with the library.</summary>
/// <param name="folder">The folder of its files; all of them are deleted again.</param>
internal sealed class SoakWork(string folder)
{
    private static readonly RnnCell[] Cells = [new BasicLstmCell(16), new GruCell(12), new BasicRnnCell(16), new LayerNormBasicLstmCell(8), new LstmCell(8) { ProjectionSize = 4 }];

    private readonly string _folder = Directory.CreateDirectory(folder).FullName;
    private int _turn;

    /// <summary>The number of networks trained.</summary>
    public long Networks { get; private set; }

    public void Turn(Random random)
    {
        var options = SmallTask.Options with { Cell = Cells[_turn % Cells.Length], Threads = random.Next(1, 3), Seed = _turn, Dropout = _turn % 3 * 0.1 };
        switch (_turn++ % 5)
        {
            case 0:
                FitAndScore(options);
                break;
            case 1:
                SaveAndLoad(options);
                break;
            case 2:
                Resume(options);
                break;
            case 3:
                Cancel(options);
                break;
            default:
                Experiment(options);
                break;
        }
    }

    private RnnClassifierTransformer Fit(RnnClassifierOptions options)
    {
        Networks++;
        return SmallTask.Fit(options, rows: 240);
    }

    private void FitAndScore(RnnClassifierOptions options)
    {
        using var model = Fit(options with { ValidationFraction = 0.2, EarlyStoppingPatience = 2 });
        var context = new MLContext(seed: 1);
        var rows = SmallTask.Rows(64, seed: 3);
        context.MulticlassClassification.Evaluate(model.Transform(SmallTask.Keyed(context, 640)));
        using var engine = context.Model.CreatePredictionEngine<SmallTask.Row, Scored>(model, new PredictionEngineOptions { OwnsTransformer = false });
        foreach (var row in rows)
        {
            engine.Predict(row);
        }
    }

    private void SaveAndLoad(RnnClassifierOptions options)
    {
        var (zip, onnx) = (Path.Combine(_folder, "model.zip"), Path.Combine(_folder, "model.onnx"));
        using (var model = Fit(options))
        {
            var context = new MLContext(seed: 1);
            model.SaveTo(zip, SmallTask.Keyed(context, 1).Schema);
            model.ExportOnnx(onnx);
            var loaded = context.Model.Load(zip, out _);
            SmallTask.Answer(loaded);
            (loaded as IDisposable)?.Dispose();
        }

        File.Delete(zip);
        File.Delete(onnx);
    }

    private void Resume(RnnClassifierOptions options)
    {
        var checkpoint = Path.Combine(_folder, "training.checkpoint");
        Fit(options with { CheckpointPath = checkpoint, Epochs = 1, ScheduleEpochs = 2 }).Dispose();
        Fit(options with { CheckpointPath = checkpoint, Epochs = 2 }).Dispose();
        File.Delete(checkpoint);
    }

    private void Cancel(RnnClassifierOptions options)
    {
        using var source = new CancellationTokenSource();
        var progress = new Training.ImmediateProgress(report =>
        {
            if (report.Step == 5)
            {
                source.Cancel();
            }
        });
        try
        {
            Fit(options with { CancellationToken = source.Token, Progress = progress }).Dispose();
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Experiment(RnnClassifierOptions options)
    {
        Networks++;
        var context = new MLContext(seed: 1);
        var result = context.MulticlassClassification
            .CreateRnnExperiment(new RnnExperimentSettings { Seed = 1, Threads = 1, ValidationFraction = 0.2, WorkingDirectory = Path.Combine(_folder, "experiment") })
            .Add("network", trial => trial.Transforms.RnnClassifier(options with { Epochs = 1 }))
            .Add("bayes", trial => trial.MulticlassClassification.Trainers.NaiveBayes())
            .Execute(SmallTask.Text(context, 48));
        (result.BestRun?.Model as IDisposable)?.Dispose();
        Directory.Delete(Path.Combine(_folder, "experiment"), recursive: true);
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}

using Microsoft.ML.Transforms.Onnx;

namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>A trained network in every form that is scored: fitted, exported as ONNX, saved and reloaded, and as a libtorch module.</summary>
internal sealed class TrainedModel : IDisposable
{
    public const string OnnxOutput = "probabilities";

    private const int TrainingRows = 10_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-mlnet-benchmarks-").FullName;

    public TrainedModel(NetworkShape shape)
    {
        var context = new MLContext(seed: 1);
        var training = MnistRows.Training(TrainingRows).View(context);
        // After one epoch, the predictions are confident enough to expose a wrong network.
        Fitted = context.Transforms.RnnClassifier(shape.Options with { Epochs = 1, Precision = RnnPrecision.Float32 }).Fit(training);
        OnnxPath = Path.Combine(_folder, "network.onnx");
        Fitted.ExportOnnx(OnnxPath);
        ZipPath = Path.Combine(_folder, "model.zip");
        context.Model.Save(Fitted, training.Schema, ZipPath);
        Reloaded = new MLContext().Model.Load(ZipPath, out _);
        ReloadedHere = new MLContext().Model.LoadRnn(ZipPath, out _, RnnDevice.Cpu);
        Plain = new PlainNetwork(shape);
        ExportedWeights.CopyTo(Plain, OnnxPath);
        Plain.eval();
    }

    public RnnClassifierTransformer Fitted { get; }

    /// <summary>The saved zip, loaded by a new context.</summary>
    public ITransformer Reloaded { get; }

    /// <summary>The saved zip, loaded by this library.</summary>
    public TransformerChain<ITransformer> ReloadedHere { get; }

    public PlainNetwork Plain { get; }

    public string OnnxPath { get; }

    public string ZipPath { get; }

    /// <summary>Returns ML.NET's own transformer with the same network; null threads for its default number.</summary>
    public OnnxTransformer OnnxTransformer(MLContext context, IDataView rows, int? threads = null) =>
        context.Transforms.ApplyOnnxModel(new OnnxOptions
        {
            ModelFile = OnnxPath,
            InputColumns = [LabelledSequence.FeatureColumn],
            OutputColumns = [OnnxOutput],
            IntraOpNumThreads = threads,
        }).Fit(rows);

    public void Dispose()
    {
        Fitted.Dispose();
        (Reloaded as IDisposable)?.Dispose();
        ReloadedHere.Dispose();
        Plain.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Steps;

/// <summary>A stream of rows of pixels through one network: this library's engine and, if ONNX has an operator for the cell, ONNX Runtime.</summary>
internal sealed class StepField : IDisposable
{
    private const int TrainingRows = 2_000;
    private const int Rows = 100;

    private readonly float[] _values = MnistRows.Test(Rows).Values();
    private readonly RnnClassifierTransformer _model;
    private readonly RnnStepEngine _engine;
    private readonly OnnxStepCall? _onnxRuntime;

    private StepField(RnnCell cell, bool besideOnnxRuntime)
    {
        var context = new MLContext(seed: 1);
        var options = NetworkShape.Lstm.Options with { Cell = cell, Epochs = 1, Precision = RnnPrecision.Float32 };
        _model = context.Transforms.RnnClassifier(options).Fit(MnistRows.Training(TrainingRows).View(context));
        _engine = _model.CreateStepEngine();
        if (besideOnnxRuntime)
        {
            _onnxRuntime = new OnnxStepCall(_model, cell.Units);
            Check();
        }
    }

    public static StepField BesideOnnxRuntime(RnnCell cell) => new(cell, besideOnnxRuntime: true);

    public static StepField Alone(RnnCell cell) => new(cell, besideOnnxRuntime: false);

    public void CallOnnxRuntime(int step) => _onnxRuntime!.Step(Features(step));

    public void CallEngine(int step) => _engine.Step(Features(step));

    public void Dispose()
    {
        _onnxRuntime?.Dispose();
        _engine.Dispose();
        _model.Dispose();
    }

    private ReadOnlySpan<float> Features(int step) =>
        _values.AsSpan(step % (Rows * NetworkShape.Steps) * NetworkShape.Features, NetworkShape.Features);

    /// <summary>Both give the same scores at each step of a stream.</summary>
    private void Check()
    {
        for (var step = 0; step < Rows * NetworkShape.Steps; step++)
        {
            ScoreCheck.Agree("the step engine", _engine.Step(Features(step)), _onnxRuntime!.Step(Features(step)));
        }
    }
}

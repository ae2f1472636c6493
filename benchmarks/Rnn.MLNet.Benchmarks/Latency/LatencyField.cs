using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Latency;

/// <summary>The contenders that score a single row, set up and checked against each other.</summary>
internal sealed class LatencyField : IDisposable
{
    private const int Rows = 2_000;
    private const int RowsChecked = 200;
    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(0.25);

    private readonly TrainedModel _model = new(NetworkShape.Lstm);
    private readonly LabelledSequence[] _rows = MnistRows.Test(Rows).Sequences;
    private readonly OnnxRuntimeCall _onnxRuntime;
    private readonly PredictionEngine<LabelledSequence, SequenceScore> _fitted;
    private readonly PredictionEngine<LabelledSequence, SequenceScore> _reloaded;
    private SequenceScore _score = new();

    public LatencyField()
    {
        var context = new MLContext(seed: 1);
        _fitted = context.Model.CreatePredictionEngine<LabelledSequence, SequenceScore>(_model.Fitted);
        _reloaded = context.Model.CreatePredictionEngine<LabelledSequence, SequenceScore>(_model.Reloaded);
        _onnxRuntime = FastestCall();
        foreach (var row in Enumerable.Range(0, RowsChecked))
        {
            CallOnnxRuntime(row);
            CallFitted(row);
            ScoreCheck.Agree("the fitted model's PredictionEngine", _score.Score, _onnxRuntime.Scores);
            CallReloaded(row);
            ScoreCheck.Agree("the reloaded model's PredictionEngine", _score.Score, _onnxRuntime.Scores);
        }
    }

    public void CallOnnxRuntime(int row) => _onnxRuntime.Score(Row(row));

    public void CallFitted(int row) => _fitted.Predict(Row(row), ref _score);

    public void CallReloaded(int row) => _reloaded.Predict(Row(row), ref _score);

    public void Dispose()
    {
        _fitted.Dispose();
        _reloaded.Dispose();
        _onnxRuntime.Dispose();
        _model.Dispose();
    }

    private LabelledSequence Row(int row) => _rows[row % _rows.Length];

    /// <summary>Returns the ONNX Runtime call with the number of threads that is fastest for a single row.</summary>
    private OnnxRuntimeCall FastestCall()
    {
        List<OnnxRuntimeCall> calls =
            [.. new[] { 1, Environment.ProcessorCount }.Distinct().Select(threads => new OnnxRuntimeCall(_model.OnnxPath, threads))];
        var fastest = calls.MinBy(call => OneRowLatency.Measure(row => call.Score(Row(row)), TrialTime)[0])!;
        calls.Where(call => call != fastest).ToList().ForEach(call => call.Dispose());
        return fastest;
    }
}

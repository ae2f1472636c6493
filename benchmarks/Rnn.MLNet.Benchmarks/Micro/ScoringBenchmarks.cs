using BenchmarkDotNet.Attributes;
using Rnn.MLNet.Benchmarks.Latency;
using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Micro;

/// <summary>Benchmarks of scoring with LSTM(128): in batches with <c>Transform</c>, and row by row. Times are per row.</summary>
public class ScoringBenchmarks
{
    private const int Rows = 2_000;

    private readonly float[] _scores = new float[Rows * NetworkShape.Classes];
    private TrainedModel _model = null!;
    private TransformLoop _transform = null!;
    private OnnxRuntimeCall _onnxRuntime = null!;
    private PredictionEngine<LabelledSequence, SequenceScore> _engine = null!;
    private LabelledSequence _row = null!;
    private SequenceScore _score = new();

    [GlobalSetup]
    public void Setup()
    {
        var context = new MLContext(seed: 1);
        var rows = MnistRows.Test(Rows);
        _model = new TrainedModel(NetworkShape.Lstm);
        _transform = new TransformLoop(_model.Fitted, rows.View(context), "Score");
        _onnxRuntime = new OnnxRuntimeCall(_model.OnnxPath, threads: 1);
        _engine = context.Model.CreatePredictionEngine<LabelledSequence, SequenceScore>(_model.Fitted);
        _row = rows.Sequences[0];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _engine.Dispose();
        _onnxRuntime.Dispose();
        _model.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int Transform() => _transform.Score(_scores);

    [Benchmark]
    public void PredictionEngine() => _engine.Predict(_row, ref _score);

    [Benchmark(Baseline = true)]
    public void OnnxRuntimeCall() => _onnxRuntime.Score(_row);
}

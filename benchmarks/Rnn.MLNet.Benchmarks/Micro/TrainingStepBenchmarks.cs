using BenchmarkDotNet.Attributes;
using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Micro;

/// <summary>
/// Benchmarks of training LSTM(128), batch size 128: the baseline, and <c>Fit</c> including start-up and reading. Times are per step.
/// </summary>
public class TrainingStepBenchmarks
{
    private const int BatchSize = 128;
    private const int Steps = 40;

    private readonly MLContext _context = new(seed: 1);
    private torch.Tensor _sequences = null!;
    private torch.Tensor _labels = null!;
    private PlainTrainingLoop _loop = null!;
    private IDataView _view = null!;

    [GlobalSetup]
    public void Setup()
    {
        var rows = MnistRows.Training(BatchSize * Steps);
        _view = rows.View(_context);
        _sequences = rows.SequenceTensor();
        _labels = rows.LabelTensor();
        _loop = new PlainTrainingLoop(NetworkShape.Lstm, _sequences, _labels, BatchSize, TrainingContest.LearningRate);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _loop.Dispose();
        _sequences.Dispose();
        _labels.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Steps)]
    public void PlainLoop() => _loop.Epoch(beforeStep: () => { }, afterStep: _ => { }, isDone: () => false);

    [Benchmark(OperationsPerInvoke = Steps)]
    public void Float32() => Fit(RnnPrecision.Float32);

    [Benchmark(OperationsPerInvoke = Steps)]
    public void BFloat16() => Fit(RnnPrecision.BFloat16);

    private void Fit(RnnPrecision precision)
    {
        var options = NetworkShape.Lstm.Options with { BatchSize = BatchSize, Epochs = 1, Precision = precision };
        _context.Transforms.RnnClassifier(options).Fit(_view).Dispose();
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>
/// The baseline: a well-written ordinary training loop with all rows in one tensor, minibatches by index_select, one dispose scope per step,
/// libtorch on all cores, and nothing read back or printed during a step.
/// </summary>
internal sealed class PlainTrainingLoop : IDisposable
{
    private readonly Tensor _sequences;
    private readonly Tensor _labels;
    private readonly int _batchSize;
    private readonly Adam _optimizer;

    public PlainTrainingLoop(NetworkShape shape, Tensor sequences, Tensor labels, int batchSize, double learningRate)
    {
        random.manual_seed(1);
        _sequences = sequences;
        _labels = labels;
        _batchSize = batchSize;
        Network = new PlainNetwork(shape);
        _optimizer = optim.Adam(Network.parameters(), learningRate);
    }

    public PlainNetwork Network { get; }

    /// <summary>The largest norm of the gradient; null for no clipping.</summary>
    public double? GradientClipNorm { get; init; }

    public long BatchesPerEpoch => (_sequences.shape[0] + _batchSize - 1) / _batchSize;

    /// <summary>Returns the training speed, in rows per second.</summary>
    public static double Measure(NetworkShape shape, MnistRows rows, int batchSize, TimeSpan time)
    {
        using var sequences = rows.SequenceTensor();
        using var labels = rows.LabelTensor();
        using var loop = new PlainTrainingLoop(shape, sequences, labels, batchSize, TrainingContest.LearningRate);
        var meter = new StepMeter(time);
        while (!meter.IsDone)
        {
            loop.Epoch(beforeStep: () => { }, afterStep: meter.Step, isDone: () => meter.IsDone);
        }

        return meter.RowsPerSecond;
    }

    public void SetLearningRate(double learningRate)
    {
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = learningRate;
        }
    }

    /// <summary>Trains on all rows once, in a new random order.</summary>
    public void Epoch(Action beforeStep, Action<long> afterStep, Func<bool> isDone)
    {
        // libtorch's number of threads is a per-thread setting, which another contender may have changed.
        set_num_threads(Environment.ProcessorCount);
        Network.train();
        var rows = _sequences.shape[0];
        using var order = randperm(rows, ScalarType.Int64);
        for (long start = 0; start < rows && !isDone(); start += _batchSize)
        {
            using var scope = NewDisposeScope();
            var batch = order.narrow(0, start, Math.Min(_batchSize, rows - start));
            beforeStep();
            Step(_sequences.index_select(0, batch), _labels.index_select(0, batch));
            afterStep(batch.shape[0]);
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        Network.Dispose();
    }

    private void Step(Tensor sequences, Tensor labels)
    {
        _optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(Network.forward(sequences), labels);
        loss.backward();
        if (GradientClipNorm is { } limit)
        {
            nn.utils.clip_grad_norm_(Network.parameters(), limit);
        }

        _optimizer.step();
    }
}

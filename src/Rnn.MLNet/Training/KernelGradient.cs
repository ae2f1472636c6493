using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>The gradient with the library's own kernels, without libtorch's automatic differentiation.</summary>
/// <param name="network">The network.</param>
/// <param name="task">The task that it is trained for.</param>
internal sealed class KernelGradient(RecurrentNetwork network, ITask task) : IShardGradient
{
    private readonly NetworkTape _tape = new(network);

    public ShardResult Compute(SequenceBatch batch, int batchRows, Generator dropout)
    {
        using var mode = no_grad();
        var outputs = network.Forward(batch.Inputs, new ForwardPass(dropout, ScalarType.Float32), batch.Lengths, _tape);
        var loss = task.Differentiate(outputs, batch.Targets, batch.Weights);
        using var divisor = ((double)batchRows).ToScalar();
        var gradient = _tape.Gradient(loss.Gradient.div_(divisor), steps: batch.Inputs.shape[1]);
        return new ShardResult(gradient.DetachFromDisposeScope(), loss.LossSum, loss.MetricSum);
    }

    public void Dispose() => _tape.Dispose();
}

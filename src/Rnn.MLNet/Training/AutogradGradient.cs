using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>The gradient by libtorch's automatic differentiation, on any device and in any number format that the cell allows.</summary>
internal sealed class AutogradGradient : IShardGradient
{
    private readonly RecurrentNetwork _twin;
    private readonly Tensor[] _weights;
    private readonly ITask _task;
    private readonly ScalarType _recurrentType;

    /// <param name="network">The network.</param>
    /// <param name="task">The task that it is trained for.</param>
    /// <param name="recurrentType">The type that recurrent layers compute in.</param>
    public AutogradGradient(RecurrentNetwork network, ITask task, ScalarType recurrentType)
    {
        _twin = network.Twin();
        _weights = [.. _twin.Parameters.Weights.Select(weight => weight.Value)];
        _task = task;
        _recurrentType = recurrentType;
    }

    public ShardResult Compute(SequenceBatch batch, int batchRows, Generator dropout)
    {
        var outputs = _twin.Forward(batch.Inputs, new ForwardPass(dropout, _recurrentType), batch.Lengths);
        var loss = (_task.Losses(outputs, batch.Targets) * batch.Weights).sum();
        using var divisor = ((double)batchRows).ToScalar();
        var gradients = Differentiation.Gradients(loss.div(divisor), _weights);
        var flat = cat([.. gradients.Select(gradient => gradient.reshape(-1))]).DetachFromDisposeScope();
        using var _ = no_grad();
        return new ShardResult(flat, loss.item<float>(), _task.Metric(outputs, batch.Targets));
    }

    public void Dispose() => _twin.Dispose();
}

using Rnn.MLNet.Cells;
using Rnn.MLNet.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// Records a forward pass of a network that runs on the library's own kernels, and differentiates it. Its memory is kept from minibatch to minibatch. Not for
/// several threads at the same time, but any number of tapes may share a network.
/// </summary>
/// <param name="network">The network.</param>
internal sealed class NetworkTape(RecurrentNetwork network) : IDisposable
{
    private readonly List<Tensor> _masks = [];
    private Tensor? _read;

    /// <summary>The kernels' memory of each layer and direction.</summary>
    public IReadOnlyList<IReadOnlyList<CellRun>> Runs { get; } =
    [
        .. network.Layers.Select((layer, index) => layer.Directions.Select(_ =>
            new CellRun(KernelEngine.Step(layer.Cell, NetworkWeights.InputSize(network.Spec, index)), keepsSteps: true)).ToArray()),
    ];

    /// <summary>Returns whether the kernels can run a network in training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="recurrentType">The number format in which recurrent layers compute if the cell supports it.</param>
    public static bool Supports(RecurrentNetwork network, ScalarType recurrentType)
    {
        var cell = CellTable.Of(network.Spec.Cell).Recurrence;
        return KernelEngine.Supports(network.Device.type, cell.AllowsReducedPrecision ? recurrentType : ScalarType.Float32);
    }

    /// <summary>Records the factors of dropout between two layers, or before the head.</summary>
    public void Drop(Tensor mask) => _masks.Add(mask);

    /// <summary>Records the inputs of the head.</summary>
    public void Read(Tensor inputs) => _read = inputs;

    /// <summary>Differentiates the forward pass, once. To be called without gradient mode, in the dispose scope of the forward pass.</summary>
    /// <param name="outputs">
    /// The gradient of the outputs, <c>[batch, outputs]</c>. Where the input stage made an output NaN, so must be the gradient.
    /// </param>
    /// <param name="steps">The number of time steps of the sequences.</param>
    /// <returns>The gradient of all weights, in the order of the parameter vector.</returns>
    public Tensor Gradient(Tensor outputs, long steps)
    {
        var all = empty(network.Parameters.Count, ScalarType.Float32, CPU);
        var weights = new Queue<Tensor>(Parts(all));
        Tensor[][][] layers =
            [.. network.Layers.Select(layer => layer.Directions.Select(direction => direction.All.Select(_ => weights.Dequeue()).ToArray()).ToArray())];
        weights.Dequeue().copy_(outputs.t().mm(_read!));
        weights.Dequeue().copy_(outputs.sum([0]));
        var gradient = OfReadOut(Undrop(outputs.mm(network.HeadKernel)), steps);
        for (var i = network.Layers.Count - 1; i >= 0; i--)
        {
            var ofInputs = LayerGradient.Compute(network.Layers[i], Runs[i], gradient, network.ReadsEveryStep(i), layers[i], ofInputs: i > 0);
            gradient = i > 0 ? Undrop(ofInputs!) : gradient;
        }

        return all;
    }

    public void Dispose()
    {
        foreach (var run in Runs.SelectMany(layer => layer))
        {
            run.Dispose();
        }
    }

    /// <summary>Returns views of the parts of a vector that belong to each weight.</summary>
    private IEnumerable<Tensor> Parts(Tensor vector)
    {
        long offset = 0;
        foreach (var weight in network.Parameters.Weights)
        {
            var count = weight.Value.NumberOfElements;
            yield return vector.narrow(0, offset, count).view(weight.Value.shape);
            offset += count;
        }
    }

    /// <summary>Passes a gradient through the last dropout that was not yet passed.</summary>
    private Tensor Undrop(Tensor gradient)
    {
        if (_masks.Count == 0)
        {
            return gradient;
        }

        var mask = _masks[^1];
        _masks.RemoveAt(_masks.Count - 1);
        return gradient * mask;
    }

    /// <summary>Returns the gradient of the last layer's outputs.</summary>
    private Tensor OfReadOut(Tensor gradient, long steps)
    {
        switch (network.Spec.ReadOut)
        {
            case ReadOut.FinalState:
                return gradient;
            case ReadOut.LastOutput:
                var every = zeros([gradient.shape[0], steps, gradient.shape[1]], ScalarType.Float32, CPU);
                every.select(1, -1).copy_(gradient);
                return every;
            default:
                using (var count = ((double)steps).ToScalar())
                {
                    return gradient.div(count).unsqueeze(1).expand(-1, steps, -1);
                }
        }
    }
}

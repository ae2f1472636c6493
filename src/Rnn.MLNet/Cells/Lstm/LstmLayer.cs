using Rnn.MLNet.Kernels;

using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// An LSTM without extensions, on our own kernel or libtorch's fused <c>lstm</c>; gate order i, f, g, o. It has one bias where libtorch
/// keeps two that are always added: with both trained, plain gradient descent would step twice as far on them.
/// </summary>
internal sealed class LstmLayer(int units, WeightSpec bias) : IRecurrentCell
{
    private const int Gates = 4;

    public int OutputSize => units;

    public bool AllowsReducedPrecision => true;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
    [
        WeightSpec.GlorotUniform("kernel", [Gates * units, inputSize], inputSize + units, Gates * units),
        WeightSpec.GlorotUniform("recurrent_kernel", [Gates * units, units], inputSize + units, Gates * units),
        bias,
    ];

    public Tensor Run(Tensor inputs, IReadOnlyList<Tensor> weights, Generator? dropout, bool everyStep) =>
        KernelLayer<LstmKernel>.Supports(inputs)
            ? KernelLayer<LstmKernel>.Run(inputs, weights, everyStep)
            : FusedLayer.Lstm.Run(everyStep, [inputs, .. weights]);
}

using Rnn.MLNet.Kernels;

using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary><see cref="BasicRnnCell"/> on our own kernel or libtorch's fused <c>rnn_tanh</c>.</summary>
internal sealed class RnnLayer(BasicRnnCell cell) : IRecurrentCell
{
    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => true;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
    [
        WeightSpec.GlorotUniform("kernel", [cell.Units, inputSize], inputSize + cell.Units, cell.Units),
        WeightSpec.GlorotUniform("recurrent_kernel", [cell.Units, cell.Units], inputSize + cell.Units, cell.Units),
        WeightSpec.Zeros("bias", cell.Units),
    ];

    public Tensor Run(Tensor inputs, IReadOnlyList<Tensor> weights, Generator? dropout, bool everyStep) =>
        KernelLayer<TanhKernel>.Supports(inputs)
            ? KernelLayer<TanhKernel>.Run(inputs, weights, everyStep)
            : FusedLayer.RnnTanh.Run(everyStep, [inputs, .. weights]);
}

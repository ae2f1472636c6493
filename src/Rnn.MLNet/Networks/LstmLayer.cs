using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// <see cref="BasicLstmCell"/> on libtorch's fused <c>lstm</c>; gate order i, f, g, o. It has one bias where libtorch
/// keeps two that are always added: with both trained, plain gradient descent would step twice as far on them.
/// </summary>
internal sealed class LstmLayer(BasicLstmCell cell) : IRecurrentCell
{
    private const int Gates = 4;
    private const int ForgetGate = 1;

    public int OutputSize => cell.Units;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
    [
        WeightSpec.GlorotUniform("kernel", [Gates * cell.Units, inputSize], inputSize + cell.Units, Gates * cell.Units),
        WeightSpec.GlorotUniform("recurrent_kernel", [Gates * cell.Units, cell.Units], inputSize + cell.Units, Gates * cell.Units),
        new WeightSpec("bias", [Gates * cell.Units], (bias, _) =>
        {
            bias.zero_();
            bias.narrow(0, ForgetGate * cell.Units, cell.Units).fill_(cell.ForgetBias);
        }),
    ];

    public (Tensor Outputs, Tensor Final) Run(Tensor inputs, IReadOnlyList<Tensor> weights) =>
        FusedLayer.Run("lstm", inputs, weights);
}

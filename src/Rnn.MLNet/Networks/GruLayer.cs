using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// <see cref="GruCell"/> with reset after the product, on libtorch's fused <c>gru</c>; gate order r, z, n.
/// The recurrent bias stays separate: the reset gate multiplies the candidate's part of it.
/// </summary>
internal sealed class GruLayer(GruCell cell) : IRecurrentCell
{
    private const int Gates = 3;

    public int OutputSize => cell.Units;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
    [
        WeightSpec.GlorotUniform("kernel", [Gates * cell.Units, inputSize], inputSize + cell.Units, Gates * cell.Units),
        WeightSpec.GlorotUniform("recurrent_kernel", [Gates * cell.Units, cell.Units], inputSize + cell.Units, Gates * cell.Units),
        new WeightSpec("bias", [Gates * cell.Units], (bias, _) =>
        {
            // As TensorFlow's GRUCell: both gates start half open to the past.
            bias.zero_();
            bias.narrow(0, 0, 2 * cell.Units).fill_(1.0);
        }),
        WeightSpec.Zeros("recurrent_bias", Gates * cell.Units),
    ];

    public (Tensor Outputs, Tensor Final) Run(Tensor inputs, IReadOnlyList<Tensor> weights) =>
        FusedLayer.Run("gru", inputs, weights);
}

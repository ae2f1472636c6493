using Rnn.MLNet.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// <see cref="GruCell"/> with reset after the product, on our own kernel or libtorch's fused <c>gru</c>; gate order r, z, n.
/// The recurrent bias stays separate: the reset gate multiplies the candidate's part of it.
/// </summary>
internal sealed class GruLayer(GruCell cell) : IRecurrentCell
{
    private const int Gates = 3;

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => true;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) =>
    [
        WeightSpec.GlorotUniform("kernel", [Gates * cell.Units, inputSize], inputSize + cell.Units, Gates * cell.Units),
        WeightSpec.GlorotUniform("recurrent_kernel", [Gates * cell.Units, cell.Units], inputSize + cell.Units, Gates * cell.Units),
        Bias(cell.Units),
        WeightSpec.Zeros("recurrent_bias", Gates * cell.Units),
    ];

    public Tensor Run(Tensor inputs, IReadOnlyList<Tensor> weights, Generator? dropout, bool everyStep) =>
        KernelLayer<GruKernel>.Supports(inputs)
            ? KernelLayer<GruKernel>.Run(inputs, weights, everyStep)
            : FusedLayer.Gru.Run(everyStep, [inputs, .. weights]);

    /// <summary>As TensorFlow's GRUCell: both gates start more open than closed to the past.</summary>
    public static WeightSpec Bias(int units) => new("bias", [Gates * units], (bias, _) =>
    {
        bias.zero_();
        using var gates = bias.narrow(0, 0, 2 * units);
        using var one = 1.0.ToScalar();
        gates.fill_(one);
    })
    { Decays = false };
}

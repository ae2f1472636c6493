using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>A weight that a part of the network needs: its name, its shape, and how it is filled at the start.</summary>
/// <param name="Name">Name within the part, such as <c>kernel</c>.</param>
/// <param name="Shape">Shape, in libtorch's order: <c>[gates × units, inputs]</c> for a kernel.</param>
/// <param name="Initialize">Fills the tensor in place from the generator.</param>
internal sealed record WeightSpec(string Name, long[] Shape, Action<Tensor, Generator> Initialize)
{
    /// <summary>Whether weight decay applies; biases, gains and shifts are left alone.</summary>
    public bool Decays { get; init; } = true;

    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Glorot and Bengio (2010): uniform in ±√(6 / (rows + columns)).</summary>
    public static WeightSpec GlorotUniform(string name, long[] shape, long rows, long columns)
    {
        var limit = Math.Sqrt(6.0 / (rows + columns));
        return new WeightSpec(name, shape, (weight, generator) => weight.uniform_(-limit, limit, generator));
    }

    /// <summary>The kernel and the recurrent kernel of a cell, with one limit for both, as TensorFlow keeps them in one matrix.</summary>
    /// <param name="gates">Gates that both kernels feed.</param>
    /// <param name="units">Units of a gate.</param>
    /// <param name="inputs">Size of the inputs.</param>
    /// <param name="outputs">Size of the outputs, which recur.</param>
    public static IReadOnlyList<WeightSpec> Kernels(int gates, int units, int inputs, int outputs) =>
    [
        GlorotUniform(WeightNames.Kernel, [gates * units, inputs], inputs + outputs, gates * units),
        GlorotUniform(WeightNames.RecurrentKernel, [gates * units, outputs], inputs + outputs, gates * units),
    ];

    public static WeightSpec StandardNormal(string name, params long[] shape) =>
        new(name, shape, (weight, generator) => weight.normal_(0, 1, generator));

    /// <summary>A gain or a shift: the same number everywhere, and no decay.</summary>
    public static WeightSpec Constant(string name, double value, params long[] shape) => new(name, shape, (weight, _) =>
    {
        using var number = value.ToScalar();
        weight.fill_(number);
    })
    { Decays = false };

    /// <summary>A bias: zero, and no decay.</summary>
    public static WeightSpec Zeros(string name, params long[] shape) => new(name, shape, (weight, _) => weight.zero_()) { Decays = false };
}

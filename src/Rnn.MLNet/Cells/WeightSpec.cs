using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>The specification of a weight: its name, its shape and its initialisation.</summary>
/// <param name="Name">The name within the cell or network, such as <c>kernel</c>.</param>
/// <param name="Shape">The shape in libtorch's layout, such as <c>[gates × units, inputs]</c> for a kernel.</param>
/// <param name="Initialize">Initialises the tensor in place with random numbers from the generator.</param>
internal sealed record WeightSpec(string Name, long[] Shape, Action<Tensor, Generator> Initialize)
{
    /// <summary>Whether weight decay applies. False for biases, gains and shifts.</summary>
    public bool Decays { get; init; } = true;

    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Specifies a weight that is initialised uniformly in ±√(6 / (rows + columns)) (Glorot and Bengio, 2010).</summary>
    public static WeightSpec GlorotUniform(string name, long[] shape, long rows, long columns)
    {
        var limit = Math.Sqrt(6.0 / (rows + columns));
        return new WeightSpec(name, shape, (weight, generator) => weight.uniform_(-limit, limit, generator));
    }

    /// <summary>
    /// Specifies the kernel and the recurrent kernel of a cell. Both have the same initial limit because TensorFlow stores them in one matrix.
    /// </summary>
    /// <param name="gates">The number of gates.</param>
    /// <param name="units">The number of units of a gate.</param>
    /// <param name="inputs">The size of the inputs.</param>
    /// <param name="outputs">The size of the outputs, which are fed back.</param>
    public static IReadOnlyList<WeightSpec> Kernels(int gates, int units, int inputs, int outputs) =>
    [
        GlorotUniform(WeightNames.Kernel, [gates * units, inputs], inputs + outputs, gates * units),
        GlorotUniform(WeightNames.RecurrentKernel, [gates * units, outputs], inputs + outputs, gates * units),
    ];

    /// <summary>Specifies a square weight that is initialised to the identity.</summary>
    public static WeightSpec Identity(string name, long size) => new(name, [size, size], (weight, _) =>
    {
        using var identity = eye(size);
        weight.copy_(identity);
    });

    /// <summary>Specifies a weight that is initialised from the standard normal distribution.</summary>
    public static WeightSpec StandardNormal(string name, params long[] shape) =>
        new(name, shape, (weight, generator) => weight.normal_(0, 1, generator));

    /// <summary>Specifies a gain or shift: initialised to a constant, without weight decay.</summary>
    public static WeightSpec Constant(string name, double value, params long[] shape) => new(name, shape, (weight, _) =>
    {
        using var number = value.ToScalar();
        weight.fill_(number);
    })
    { Decays = false };

    /// <summary>Specifies a bias: initialised to zero, without weight decay.</summary>
    public static WeightSpec Zeros(string name, params long[] shape) => new(name, shape, (weight, _) => weight.zero_()) { Decays = false };
}

using Rnn.MLNet.Cells;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// The initial values of weights, by the full name of the weight, such as <c>layer0/forward/kernel</c>, in row-major order and with the gates in
/// this library's order. Weights in another layout, such as TensorFlow's, must be converted first.
/// </summary>
internal sealed class InitialWeights(IReadOnlyDictionary<string, float[]> values)
{
    /// <summary>Copies the values to the weights of a network.</summary>
    /// <param name="vector">The concatenated weights of the network, on the CPU.</param>
    /// <param name="specs">The specifications of the weights, in the order of the vector.</param>
    /// <exception cref="ArgumentException">Thrown if the network has no weight of a given name, or if a weight has a different size.</exception>
    public void CopyTo(Tensor vector, IReadOnlyList<WeightSpec> specs)
    {
        if (values.Keys.Except(specs.Select(spec => spec.Name)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"The network has no weight '{unknown}'; it has {string.Join(", ", specs.Select(spec => $"'{spec.Name}'"))}.");
        }

        long offset = 0;
        foreach (var spec in specs)
        {
            if (values.TryGetValue(spec.Name, out var numbers))
            {
                Copy(numbers, vector.narrow(0, offset, spec.Count), spec);
            }

            offset += spec.Count;
        }
    }

    private static void Copy(float[] numbers, Tensor weight, WeightSpec spec)
    {
        if (numbers.Length != spec.Count)
        {
            throw new ArgumentException($"The weight '{spec.Name}' of shape [{string.Join(", ", spec.Shape)}] needs {spec.Count} numbers; there are {numbers.Length}.");
        }

        numbers.CopyTo(TensorMemory.Span<float>(weight));
    }
}

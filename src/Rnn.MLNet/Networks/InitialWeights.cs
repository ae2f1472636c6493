using Rnn.MLNet.Cells;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// Numbers that weights of a network start from, by the weight's full name, such as <c>layer0/forward/kernel</c>; row by row, gates in
/// this library's order. Where they come from, such as another library, lays them out as it likes and is read by a class of its own.
/// </summary>
internal sealed class InitialWeights(IReadOnlyDictionary<string, float[]> values)
{
    /// <summary>Copies the numbers to their places.</summary>
    /// <param name="vector">All weights of a network, one after the other; on the processor.</param>
    /// <param name="specs">The weights, in the vector's order.</param>
    /// <exception cref="ArgumentException">The network has no weight of a name, or one of another size.</exception>
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

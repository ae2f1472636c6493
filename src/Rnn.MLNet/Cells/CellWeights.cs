using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>The weights of a cell in one direction, by the names that its <see cref="WeightSpec"/>s have.</summary>
internal sealed class CellWeights(IReadOnlyList<NamedWeight> weights)
{
    /// <summary>All of them, in the order of the cell's specification.</summary>
    public IReadOnlyList<NamedWeight> All => weights;

    /// <summary>A weight.</summary>
    /// <exception cref="KeyNotFoundException">The cell has no weight of this name.</exception>
    public Tensor this[string name]
    {
        get
        {
            foreach (var weight in weights)
            {
                if (weight.Name == name)
                {
                    return weight.Value;
                }
            }

            throw new KeyNotFoundException($"The cell has no weight '{name}'; it has {string.Join(", ", weights.Select(weight => weight.Name))}.");
        }
    }

    /// <summary>A weight's numbers, row by row.</summary>
    public float[] Values(string name) => TensorMemory.ToArray(this[name]);

    /// <summary>The weights in another type. Gradients pass the cast and arrive at the weights themselves.</summary>
    public CellWeights To(ScalarType type) =>
        weights.All(weight => weight.Value.dtype == type)
            ? this
            : new CellWeights([.. weights.Select(weight => weight with { Value = weight.Value.to(type) })]);
}

/// <summary>A weight and its name: within a cell such as <c>kernel</c>, within a network such as <c>layer0/forward/kernel</c>.</summary>
internal readonly record struct NamedWeight(string Name, Tensor Value);

using Rnn.MLNet.Kernels;
using Rnn.MLNet.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>The weights of a cell in one direction, by the names in its <see cref="WeightSpec"/>s.</summary>
internal sealed class CellWeights(IReadOnlyList<NamedWeight> weights)
{
    /// <summary>All weights, in the order of the cell's <see cref="WeightSpec"/>s.</summary>
    public IReadOnlyList<NamedWeight> All => weights;

    /// <summary>The tensors of all weights, in the same order.</summary>
    public IReadOnlyList<Tensor> Tensors { get; } = [.. weights.Select(weight => weight.Value)];

    /// <summary>Returns the weight with the given name.</summary>
    /// <exception cref="KeyNotFoundException">Thrown if the cell has no weight of this name.</exception>
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

    /// <summary>Returns the elements of a weight in row-major order.</summary>
    public float[] Values(string name) => TensorMemory.ToArray(this[name]);

    /// <summary>Loads the weights into a cell's time step. They may be on any device.</summary>
    public unsafe void LoadInto(ICellStep step)
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] contiguous = [.. weights.Select(weight => weight.Value.detach().to(ScalarType.Float32).cpu().contiguous())];
        step.Load(contiguous.Addresses());
        GC.KeepAlive(contiguous);
    }

    /// <summary>Casts the weights to another type. The cast is differentiable, so gradients reach the original weights.</summary>
    public CellWeights To(ScalarType type) =>
        weights.All(weight => weight.Value.dtype == type)
            ? this
            : new CellWeights([.. weights.Select(weight => weight with { Value = weight.Value.to(type) })]);
}

/// <summary>A weight and its name, such as <c>kernel</c> within a cell or <c>layer0/forward/kernel</c> within a network.</summary>
internal readonly record struct NamedWeight(string Name, Tensor Value);

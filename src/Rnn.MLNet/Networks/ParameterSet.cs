using System.Numerics.Tensors;
using Rnn.MLNet.Cells;
using Rnn.MLNet.Native;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rnn.MLNet.Networks;

/// <summary>
/// All weights of a network in a single vector, with a named view of each weight. Optimiser, gradient clipping, early stopping and checkpoints
/// use the vector; the network uses the views, which share its memory.
/// </summary>
internal sealed class ParameterSet : IDisposable
{
    private readonly List<NamedWeight> _weights = [];
    private readonly List<WeightRange> _ranges = [];
    private readonly bool _isTwin;

    /// <summary>Allocates the weights on a device and initialises them.</summary>
    /// <param name="specs">The specifications of the weights.</param>
    /// <param name="seed">The seed of the random initialisation.</param>
    /// <param name="device">The device of the weights.</param>
    /// <param name="given">Values that replace the random initialisation of some or all weights; null for none.</param>
    /// <exception cref="ArgumentException">
    /// Thrown if <paramref name="given"/> has values for an unknown weight or the wrong number of values.
    /// </exception>
    /// <exception cref="InvalidOperationException">Thrown if there are more than <see cref="int.MaxValue"/> weights.</exception>
    public ParameterSet(IEnumerable<WeightSpec> specs, int seed, Device device, InitialWeights? given = null)
    {
        var all = specs.ToList();
        if (all.Sum(spec => spec.Count) > int.MaxValue)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"The network would have {all.Sum(spec => spec.Count):N0} weights; it may have {int.MaxValue:N0}. Lower the cell's Units or the number of Layers."));
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        // Drawn on the CPU, so that a seed produces the same weights on every device.
        using var generator = new Generator((ulong)(uint)seed, CPU);
        var initial = zeros(all.Sum(spec => spec.Count), ScalarType.Float32, CPU);
        long offset = 0;
        foreach (var spec in all)
        {
            spec.Initialize(initial.narrow(0, offset, spec.Count).view(spec.Shape), generator);
            offset += spec.Count;
        }

        given?.CopyTo(initial, all);
        Vector = initial.to(device).clone().DetachFromDisposeScope();
        offset = 0;
        foreach (var spec in all)
        {
            var view = Vector.detach().narrow(0, offset, spec.Count).view(spec.Shape).requires_grad_();
            _weights.Add(new NamedWeight(spec.Name, view.DetachFromDisposeScope()));
            AddToRanges(offset, spec);
            offset += spec.Count;
        }
    }

    private ParameterSet(ParameterSet original)
    {
        using var scope = NewDisposeScope();
        Vector = original.Vector;
        _isTwin = true;
        _weights.AddRange(original._weights.Select(weight => weight with { Value = weight.Value.detach().requires_grad_().DetachFromDisposeScope() }));
    }

    /// <summary>The concatenated weights, <c>[Count]</c>.</summary>
    public Tensor Vector { get; }

    /// <summary>The total number of weights.</summary>
    public long Count => Vector.NumberOfElements;

    /// <summary>The views of the weights, in the order of the vector.</summary>
    public IReadOnlyList<NamedWeight> Weights => _weights;

    /// <summary>The vector, divided into ranges with and without weight decay. Empty for a twin.</summary>
    public IReadOnlyList<WeightRange> Ranges => _ranges;

    /// <summary>Returns whether all weights are finite.</summary>
    public bool AreFinite()
    {
        if (Vector.device_type == DeviceType.CPU)
        {
            // In one pass: libtorch takes several, with copies.
            return TensorPrimitives.IsFiniteAll<float>(TensorMemory.Span<float>(Vector));
        }

        using var detached = Vector.detach();
        using var each = detached.isfinite();
        using var all = each.all();
        return all.item<bool>();
    }

    /// <summary>Creates separate views of the same weights, which have their own gradients. Must be disposed before the original.</summary>
    public ParameterSet Twin() => new(this);

    public void Dispose()
    {
        foreach (var weight in _weights)
        {
            weight.Value.Dispose();
        }

        if (!_isTwin)
        {
            Vector.Dispose();
        }
    }

    private void AddToRanges(long offset, WeightSpec spec)
    {
        if (_ranges.Count > 0 && _ranges[^1].Decays == spec.Decays)
        {
            _ranges[^1] = _ranges[^1] with { Count = _ranges[^1].Count + spec.Count };
        }
        else
        {
            _ranges.Add(new WeightRange(offset, spec.Count, spec.Decays));
        }
    }
}

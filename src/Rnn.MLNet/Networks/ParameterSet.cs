using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>
/// All weights of a network in one vector, with a named view of each. The optimiser, the gradient clip, the snapshot of
/// the best epoch and the checkpoint see one tensor; the network sees the views, which share its memory.
/// </summary>
internal sealed class ParameterSet : IDisposable
{
    private readonly List<NamedWeight> _weights = [];
    private readonly List<WeightRange> _ranges = [];
    private readonly bool _isTwin;

    /// <summary>Allocates the weights on a device and fills them.</summary>
    /// <param name="specs">The weights.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="given">Numbers for some or all of them, in the place of what is drawn; null for none.</param>
    /// <exception cref="ArgumentException">Numbers are given for a weight that there is not, or too many or too few.</exception>
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
        // Drawn on the CPU, so that a seed means the same weights on every device.
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

    /// <summary>Every weight, one after the other: <c>[Count]</c>.</summary>
    public Tensor Vector { get; }

    public long Count => Vector.NumberOfElements;

    /// <summary>The views, in the order of the vector.</summary>
    public IReadOnlyList<NamedWeight> Weights => _weights;

    /// <summary>The vector, cut where weights that decay meet others.</summary>
    public IReadOnlyList<WeightRange> Ranges => _ranges;

    /// <summary>Whether every weight is a finite number.</summary>
    public bool AreFinite()
    {
        using var detached = Vector.detach();
        using var each = detached.isfinite();
        using var all = each.all();
        return all.item<bool>();
    }

    /// <summary>The same weights in views of their own, and so with gradients of their own. To be disposed before the original.</summary>
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

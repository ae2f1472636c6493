using System.Runtime.InteropServices;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Reading;

/// <summary>Labelled sequences in memory, in blocks, so that neither their number nor their size is bound by one array.</summary>
internal sealed class SequenceSet
{
    private const int ValuesPerBlock = 1 << 22;

    private readonly int _rowsPerBlock;
    private readonly List<float[]> _blocks = [];
    private readonly ITargets _targets;
    private readonly List<int> _words = [];
    private readonly List<float> _weights = [];

    /// <param name="shape">The shape of a row.</param>
    /// <param name="targets">What each row's target is.</param>
    /// <param name="capacity">The number of rows, where it is known; a small set then takes no more memory than it needs.</param>
    public SequenceSet(SequenceShape shape, ITargets targets, int capacity = int.MaxValue)
    {
        Shape = shape;
        _targets = targets;
        _rowsPerBlock = Math.Clamp(ValuesPerBlock / shape.Length, 1, capacity);
    }

    public SequenceShape Shape { get; }

    public int Count => _weights.Count;

    /// <summary>Memory that the set takes, without what is small.</summary>
    public long Bytes => (long)_blocks.Count * _rowsPerBlock * Shape.Length * sizeof(float);

    /// <summary>Memory for the next row, which <see cref="Add"/> then takes over.</summary>
    public Span<float> NextRow()
    {
        if (Count == _blocks.Count * (long)_rowsPerBlock)
        {
            _blocks.Add(GC.AllocateUninitializedArray<float>(_rowsPerBlock * Shape.Length));
        }

        return Values(Count);
    }

    /// <summary>Adds the row that was written to <see cref="NextRow"/>.</summary>
    public void Add(ReadOnlySpan<int> target, float weight)
    {
        _words.AddRange(target);
        _weights.Add(weight);
    }

    /// <summary>Lets go of all rows.</summary>
    public void Clear()
    {
        _blocks.Clear();
        _words.Clear();
        _weights.Clear();
    }

    /// <summary>The values of a row, <c>[time, features]</c>.</summary>
    public Span<float> Values(int row) => _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * Shape.Length, Shape.Length);

    /// <summary>The words of a row's target.</summary>
    public ReadOnlySpan<int> Target(int row) => CollectionsMarshal.AsSpan(_words).Slice(row * _targets.Length, _targets.Length);

    public float Weight(int row) => _weights[row];

    /// <summary>Copies rows into tensors.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="unit">The weight that becomes 1.</param>
    /// <param name="device">Where to.</param>
    public unsafe SequenceBatch Gather(ReadOnlySpan<int> rows, double unit, Device device)
    {
        var sequences = empty([rows.Length, Shape.TimeSteps, Shape.Features], ScalarType.Float32, CPU);
        var words = new int[rows.Length * _targets.Length];
        var weights = empty(rows.Length, ScalarType.Float32, CPU);
        // Rows of many gigabytes, if need be: a span ends at two.
        var first = TensorMemory.Address(sequences);
        var importance = TensorMemory.Span<float>(weights);
        for (var i = 0; i < rows.Length; i++)
        {
            Values(rows[i]).CopyTo(new Span<float>(first + (long)i * Shape.Length, Shape.Length));
            Target(rows[i]).CopyTo(words.AsSpan(i * _targets.Length));
            importance[i] = (float)(_weights[rows[i]] / unit);
        }

        return new SequenceBatch(sequences.to(device), Lengths: null, _targets.ToTensor(words).to(device), weights.to(device));
    }

    /// <summary>Sum of the weights of some rows.</summary>
    public double TotalWeight(ReadOnlySpan<int> rows)
    {
        var total = 0.0;
        foreach (var row in rows)
        {
            total += _weights[row];
        }

        return total;
    }
}

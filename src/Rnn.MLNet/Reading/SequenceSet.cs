using System.Runtime.InteropServices;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Reading;

/// <summary>Labelled sequences in memory, stored in blocks so that the maximum length of an array does not limit their number.</summary>
internal sealed class SequenceSet
{
    private const int ValuesPerBlock = 1 << 22;

    private readonly int _rowsPerBlock;
    private readonly List<float[]> _blocks = [];
    private readonly ITargets _targets;
    private readonly List<int> _words = [];
    private readonly List<float> _weights = [];

    /// <param name="shape">The shape of a row.</param>
    /// <param name="targets">The format of the targets.</param>
    /// <param name="capacity">The number of rows, if known, to limit the block size of small sets.</param>
    public SequenceSet(SequenceShape shape, ITargets targets, int capacity = int.MaxValue)
    {
        Shape = shape;
        _targets = targets;
        _rowsPerBlock = Math.Clamp(ValuesPerBlock / shape.Length, 1, capacity);
    }

    public SequenceShape Shape { get; }

    public int Count => _weights.Count;

    /// <summary>The memory allocated for values, in bytes. Targets and weights are negligible and not included.</summary>
    public long Bytes => (long)_blocks.Count * _rowsPerBlock * Shape.Length * sizeof(float);

    /// <summary>Returns the buffer for the values of the next row, to be filled before <see cref="Add"/> is called.</summary>
    public Span<float> NextRow()
    {
        if (Count == _blocks.Count * (long)_rowsPerBlock)
        {
            _blocks.Add(GC.AllocateUninitializedArray<float>(_rowsPerBlock * Shape.Length));
        }

        return Values(Count);
    }

    /// <summary>Adds the row whose values were written to the buffer of <see cref="NextRow"/>.</summary>
    public void Add(ReadOnlySpan<int> target, float weight)
    {
        _words.AddRange(target);
        _weights.Add(weight);
    }

    /// <summary>Removes all rows and releases their memory.</summary>
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

    /// <summary>The example weight of a row.</summary>
    public float Weight(int row) => _weights[row];

    /// <summary>Copies rows to tensors.</summary>
    /// <param name="rows">The indices of the rows.</param>
    /// <param name="unit">The weight by which all weights, multiplied by the factors of the targets, are divided.</param>
    /// <param name="device">The device of the tensors.</param>
    public unsafe SequenceBatch Gather(ReadOnlySpan<int> rows, double unit, Device device)
    {
        var sequences = empty([rows.Length, Shape.TimeSteps, Shape.Features], ScalarType.Float32, CPU);
        var words = new int[rows.Length * _targets.Length];
        var weights = empty(rows.Length, ScalarType.Float32, CPU);
        // An address instead of a span over the tensor, because spans are limited to 2 GB.
        var first = TensorMemory.Address(sequences);
        var importance = TensorMemory.Span<float>(weights);
        for (var i = 0; i < rows.Length; i++)
        {
            Values(rows[i]).CopyTo(new Span<float>(first + (long)i * Shape.Length, Shape.Length));
            Target(rows[i]).CopyTo(words.AsSpan(i * _targets.Length));
            importance[i] = (float)(TotalWeight(rows[i]) / unit);
        }

        return new SequenceBatch(sequences.to(device), Lengths: null, _targets.ToTensor(words).to(device), weights.to(device));
    }

    /// <summary>Returns the sum of the weights of the given rows, multiplied by the factors of their targets.</summary>
    public double TotalWeight(ReadOnlySpan<int> rows)
    {
        var total = 0.0;
        foreach (var row in rows)
        {
            total += TotalWeight(row);
        }

        return total;
    }

    private double TotalWeight(int row) => (double)_weights[row] * _targets.Weights.Of(Target(row));
}

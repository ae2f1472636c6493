using System.Runtime.InteropServices;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Rnn.MLNet.Sequences;

/// <summary>Labelled sequences in memory, in blocks, so that neither their number nor their size is bound by one array.</summary>
internal sealed class SequenceSet(SequenceShape shape)
{
    private const int ValuesPerBlock = 1 << 22;

    private readonly int _rowsPerBlock = Math.Max(1, ValuesPerBlock / shape.Length);
    private readonly List<float[]> _blocks = [];
    private readonly List<int> _labels = [];
    private readonly List<float> _weights = [];

    public SequenceShape Shape => shape;

    public int Count => _labels.Count;

    /// <summary>Memory for the next row, which <see cref="Add"/> then takes over.</summary>
    public Span<float> NextRow()
    {
        if (Count == _blocks.Count * _rowsPerBlock)
        {
            _blocks.Add(GC.AllocateUninitializedArray<float>(_rowsPerBlock * shape.Length));
        }

        return Values(Count);
    }

    /// <summary>Adds the row that was written to <see cref="NextRow"/>.</summary>
    public void Add(int label, float weight)
    {
        _labels.Add(label);
        _weights.Add(weight);
    }

    /// <summary>Copies rows into one minibatch.</summary>
    public SequenceBatch Gather(ReadOnlySpan<int> rows, Device device)
    {
        var sequences = empty(rows.Length, shape.TimeSteps, shape.Features);
        var labels = empty(rows.Length, dtype: ScalarType.Int64);
        var weights = empty(rows.Length);
        var values = MemoryMarshal.Cast<byte, float>(sequences.bytes);
        var classes = MemoryMarshal.Cast<byte, long>(labels.bytes);
        var importance = MemoryMarshal.Cast<byte, float>(weights.bytes);
        for (var i = 0; i < rows.Length; i++)
        {
            Values(rows[i]).CopyTo(values.Slice(i * shape.Length, shape.Length));
            classes[i] = _labels[rows[i]];
            importance[i] = _weights[rows[i]];
        }

        return new SequenceBatch(sequences.to(device), labels.to(device), weights.to(device));
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

    /// <summary>A digest of some rows, their labels and weights.</summary>
    public string Hash(ReadOnlySpan<int> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(MemoryMarshal.AsBytes(Values(row)));
            hash.AppendData(BitConverter.GetBytes(_labels[row]));
            hash.AppendData(BitConverter.GetBytes(_weights[row]));
        }

        return Convert.ToHexString(hash.GetHashAndReset(), 0, 8);
    }

    private Span<float> Values(int row) => _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * shape.Length, shape.Length);
}

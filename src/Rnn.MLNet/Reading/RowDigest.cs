using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rnn.MLNet.Reading;

/// <summary>What was read of some rows: how many, what they weigh, and digests to tell whether other rows are the same.</summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash _inOrder = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private UInt128 _sum;

    /// <summary>The rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>The same for the same rows in any order.</summary>
    public RowTally Tally => new(Count, _sum);

    /// <summary>Adds a row.</summary>
    /// <returns>The row's own digest: that of its values, target and weight.</returns>
    public UInt128 Add(ReadOnlySpan<float> values, ReadOnlySpan<int> target, float weight)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        _row.AppendData(MemoryMarshal.AsBytes(values));
        foreach (var part in target)
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, part);
            _row.AppendData(word);
        }

        BinaryPrimitives.WriteSingleLittleEndian(word, weight);
        _row.AppendData(word);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _row.GetHashAndReset(hash);
        _inOrder.AppendData(hash);
        var row = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        _sum += row;
        Count++;
        return row;
    }

    /// <summary>The digest of the rows so far in their order, short enough for a message.</summary>
    public override string ToString() => Convert.ToHexString(_inOrder.GetCurrentHash(), 0, 8);

    public void Dispose()
    {
        _inOrder.Dispose();
        _row.Dispose();
    }
}

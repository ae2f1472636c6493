using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rnn.MLNet.Reading;

/// <summary>Counts rows and computes digests of them, with and without regard to their order, to check whether other rows are the same.</summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash _inOrder = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private UInt128 _sum;

    /// <summary>The number of rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>The count and a digest that does not depend on the order of the rows.</summary>
    public RowTally Tally => new(Count, _sum);

    /// <summary>Adds a row.</summary>
    /// <returns>The digest of the row's values, target and weight.</returns>
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

    /// <summary>Returns the digest of the rows so far in their order, truncated to 64 bits for messages.</summary>
    public override string ToString() => Convert.ToHexString(_inOrder.GetCurrentHash(), 0, 8);

    public void Dispose()
    {
        _inOrder.Dispose();
        _row.Dispose();
    }
}

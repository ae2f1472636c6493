using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rnn.MLNet.Sequences;

/// <summary>A digest of rows, to tell whether two data sets are the same.</summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(ReadOnlySpan<float> values, int label, float weight)
    {
        _hash.AppendData(MemoryMarshal.AsBytes(values));
        _hash.AppendData(BitConverter.GetBytes(label));
        _hash.AppendData(BitConverter.GetBytes(weight));
    }

    /// <summary>The digest of the rows so far, short enough for a message.</summary>
    public override string ToString() => Convert.ToHexString(_hash.GetCurrentHash(), 0, 8);

    public void Dispose() => _hash.Dispose();
}

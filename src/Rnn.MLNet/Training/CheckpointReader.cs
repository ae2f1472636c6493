using System.Runtime.InteropServices;
using System.Text;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Reads what a checkpoint holds, and believes no length that it states.</summary>
internal sealed class CheckpointReader(Stream stream, long end) : IDisposable
{
    /// <summary>Values that are read and written at once, so that no vector is too long for an array.</summary>
    public const int ValuesAtOnce = 1 << 20;

    /// <summary>Stands for a number that there is none of. NaN would not do: it is what the loss of a network that overflows is.</summary>
    public const double None = double.NegativeInfinity;

    /// <summary>Bytes of the longest text, far beyond any of a fingerprint's.</summary>
    private const int LongestText = 1 << 16;

    private readonly BinaryReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

    public long Remaining => end - stream.Position;

    public long ReadInt64() => _reader.ReadInt64();

    public double ReadDouble() => _reader.ReadDouble();

    public double? ReadOptional() => ReadDouble() is var value && value == None ? null : value;

    /// <summary>A number of things that take at least so many bytes each.</summary>
    public int ReadCount(int bytesEach, string what, int most = int.MaxValue)
    {
        var count = _reader.ReadInt32();
        return count >= 0 && count <= most && count <= Remaining / bytesEach ? count : throw new InvalidDataException($"it claims to hold {count} {what}.");
    }

    public string ReadText()
    {
        var length = ReadCount(1, "bytes of a text", LongestText);
        return Encoding.UTF8.GetString(_reader.ReadBytes(length));
    }

    /// <summary>A vector of so many finite values, on the CPU.</summary>
    public Tensor ReadVector(long count)
    {
        var stated = ReadInt64();
        if (stated != count || stated > Remaining / sizeof(float))
        {
            throw new InvalidDataException($"it claims to hold a vector of {stated} values, where {count} are expected.");
        }

        var vector = empty(count, dtype: ScalarType.Float32, device: CPU);
        for (long start = 0; start < count; start += ValuesAtOnce)
        {
            using var part = vector.narrow(0, start, Math.Min(ValuesAtOnce, count - start));
            stream.ReadExactly(MemoryMarshal.AsBytes(TensorMemory.Span<float>(part)));
        }

        using var finite = vector.isfinite();
        using var all = finite.all();
        return all.item<bool>() ? vector : throw new InvalidDataException("it holds weights that are not finite.");
    }

    public void Dispose() => _reader.Dispose();
}

using System.Runtime.InteropServices;
using System.Text;
using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Reads the content of a checkpoint. Every length in it is validated before memory is allocated.</summary>
internal sealed class CheckpointReader(Stream stream, long end) : IDisposable
{
    /// <summary>The number of values that are read and written at a time, so that a vector may be longer than an array.</summary>
    public const int ValuesAtOnce = 1 << 20;

    /// <summary>Encodes a missing number. NaN cannot: it is the loss of a network that overflows.</summary>
    public const double None = double.NegativeInfinity;

    /// <summary>The largest size of a text in bytes; those of a fingerprint are far shorter.</summary>
    private const int LongestText = 1 << 16;

    private readonly BinaryReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

    public long Remaining => end - stream.Position;

    public long ReadInt64() => _reader.ReadInt64();

    public double ReadDouble() => _reader.ReadDouble();

    public double? ReadOptional() => ReadDouble() is var value && value == None ? null : value;

    /// <summary>Reads the number of items that follow.</summary>
    /// <param name="bytesEach">The smallest size of an item in bytes.</param>
    /// <param name="what">The name of the items for the error message.</param>
    /// <param name="most">The largest valid number.</param>
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

    /// <summary>Reads a vector of finite values into a tensor on the CPU.</summary>
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

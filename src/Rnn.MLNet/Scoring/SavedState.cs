using System.Buffers.Binary;
using System.Security.Cryptography;
using Rnn.MLNet.Networks;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// The state of a stream as bytes, the same on every processor: the format's name and version, the digest of the network, the number of time
/// steps, the values of each layer's output and cell state, the sums over time, and the SHA-256 of all that. Numbers are little-endian.
/// </summary>
internal static class SavedState
{
    private const int Checksum = SHA256.HashSizeInBytes;
    private const byte Version = 1;

    /// <summary>Converts a state to bytes.</summary>
    public static byte[] Write(StepNetwork network, StepState state)
    {
        var bytes = new byte[Length(network, state)];
        var rest = bytes.AsSpan();
        Append(Name, ref rest);
        Append([Version], ref rest);
        Append(network.Digest, ref rest);
        BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long), ref rest), state.Steps);
        foreach (var part in network.Parts)
        {
            foreach (var value in state.Values.Slice(part.Start, part.Count))
            {
                BinaryPrimitives.WriteSingleLittleEndian(Next(sizeof(float), ref rest), value);
            }
        }

        foreach (var sum in state.Sums)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double), ref rest), sum);
        }

        SHA256.HashData(bytes.AsSpan(0, bytes.Length - Checksum), rest);
        return bytes;
    }

    /// <summary>Sets a state from bytes. If they are refused, the state is unchanged.</summary>
    /// <exception cref="ArgumentException">Thrown if the bytes are damaged, of another version, or the state of another network.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, StepNetwork network, StepState state)
    {
        var rest = bytes;
        if (bytes.Length < Name.Length + 1 || !Take(Name.Length, ref rest).SequenceEqual(Name))
        {
            throw Refused($"The {bytes.Length} bytes are not the saved state of a step engine.");
        }

        var version = Take(1, ref rest)[0];
        if (version != Version)
        {
            throw Refused($"The saved state has version {version}; this version of the library reads version {Version}.");
        }

        if (rest.Length < Checksum || !SHA256.HashData(bytes[..^Checksum]).AsSpan().SequenceEqual(bytes[^Checksum..]))
        {
            throw Refused("The saved state is damaged: its checksum does not match.");
        }

        if (!Take(NetworkDigest.Size, ref rest).SequenceEqual(network.Digest))
        {
            throw Refused("The saved state belongs to another model: it was saved by an engine of a network with other weights or options.");
        }

        if (bytes.Length != Length(network, state))
        {
            throw Refused($"The saved state is damaged: it has {bytes.Length} bytes; expected {Length(network, state)}.");
        }

        state.SetSteps(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), ref rest)));
        foreach (var part in network.Parts)
        {
            foreach (ref var value in state.Values.Slice(part.Start, part.Count))
            {
                value = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float), ref rest));
            }
        }

        foreach (ref var sum in state.Sums)
        {
            sum = BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double), ref rest));
        }
    }

    private static ReadOnlySpan<byte> Name => "RnnStepState"u8;

    private static int Length(StepNetwork network, StepState state) => checked(
        Name.Length + 1 + NetworkDigest.Size + sizeof(long) + network.Parts.Sum(part => part.Count) * sizeof(float)
        + state.Sums.Length * sizeof(double) + Checksum);

    private static ArgumentException Refused(string message) => new(message, "state");

    private static void Append(ReadOnlySpan<byte> source, ref Span<byte> rest) => source.CopyTo(Next(source.Length, ref rest));

    private static Span<byte> Next(int count, ref Span<byte> rest)
    {
        var next = rest[..count];
        rest = rest[count..];
        return next;
    }

    private static ReadOnlySpan<byte> Take(int count, ref ReadOnlySpan<byte> rest)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}

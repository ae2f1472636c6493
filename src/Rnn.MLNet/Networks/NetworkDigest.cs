using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Rnn.MLNet.Native;

namespace Rnn.MLNet.Networks;

/// <summary>
/// A digest of everything that determines what a network computes from a state: its weights and their names and shapes, its input stage, its
/// read-out, and the constants of its cell. Options that only concern training do not change it.
/// </summary>
internal static class NetworkDigest
{
    /// <summary>The size of a digest in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>Computes the digest of a network.</summary>
    /// <param name="network">The network, on any device.</param>
    /// <param name="constants">The numbers, other than weights, that determine what its cell computes.</param>
    public static byte[] Of(RecurrentNetwork network, IReadOnlyList<float> constants)
    {
        var spec = network.Spec;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // In one direction, the final state and the last output are the same.
        AddText(FormattableString.Invariant($"{spec.Bidirectional} {spec.ReadOut == ReadOut.MeanPool} {spec.Features} {spec.MissingValues}"));
        AddNumbers("means", spec.Scaling?.Means ?? []);
        AddNumbers("factors", spec.Scaling?.Factors ?? []);
        AddNumbers("constants", [.. constants]);
        foreach (var weight in network.Parameters.Weights)
        {
            AddNumbers($"{weight.Name} {string.Join(' ', weight.Value.shape)}", TensorMemory.ToArray(weight.Value));
        }

        return hash.GetHashAndReset();

        void AddNumbers(string name, float[] numbers)
        {
            AddText(name);
            AddLength(numbers.Length);
            hash.AppendData(MemoryMarshal.AsBytes<float>(numbers));
        }

        void AddText(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            AddLength(bytes.Length);
            hash.AppendData(bytes);
        }

        // Each part is preceded by its length, so that different parts never give the same bytes.
        void AddLength(int length)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
            hash.AppendData(bytes);
        }
    }
}

using System.Security.Cryptography;
using Google.Protobuf;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// Appends a SHA-256 checksum to an <c>.onnx</c> file. The last <see cref="Length"/> bytes of the file are the metadata property <c>sha256</c>,
/// of which the last <see cref="Digits"/> characters are the hash of all preceding bytes. The checksum can be verified with any tool.
/// </summary>
internal static class FileChecksum
{
    /// <summary>The name of the metadata property.</summary>
    public const string Property = "sha256";

    /// <summary>The size of the encoded property in bytes. The hash does not cover these last bytes of the file.</summary>
    public const int Length = 76;

    /// <summary>The number of digits of the hash, in lower-case hexadecimal.</summary>
    public const int Digits = 64;

    /// <summary>Appends the property to an encoded model.</summary>
    public static byte[] Append(byte[] model) => [.. model, .. Of(model)];

    /// <summary>Returns whether a model ends with the property and its checksum is right.</summary>
    public static bool Holds(ReadOnlySpan<byte> file) => file.Length > Length && file[^Length..].SequenceEqual(Of(file[..^Length]));

    // The elements of a repeated protobuf field need not be adjacent, so the property can be appended to the encoded model.
    private static byte[] Of(ReadOnlySpan<byte> model) => new ModelProto
    {
        MetadataProps = { new StringStringEntryProto { Key = Property, Value = Convert.ToHexStringLower(SHA256.HashData(model)) } },
    }.ToByteArray();
}

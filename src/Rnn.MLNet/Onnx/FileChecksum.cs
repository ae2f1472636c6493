using System.Security.Cryptography;
using Google.Protobuf;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// The SHA-256 of an <c>.onnx</c> file within the file: its last <see cref="Length"/> bytes are the metadata property <c>sha256</c>,
/// the last <see cref="Digits"/> of these the value, and that is of all bytes before. Who has the file's bytes can check it with any tool.
/// </summary>
internal static class FileChecksum
{
    /// <summary>The property's name.</summary>
    public const string Property = "sha256";

    /// <summary>Bytes at the end of the file that the sum is not of: the property itself.</summary>
    public const int Length = 76;

    /// <summary>Characters of the value, hexadecimal and in lower case.</summary>
    public const int Digits = 64;

    /// <summary>Appends the property to a model.</summary>
    public static byte[] Append(byte[] model)
    {
        // A list in a protobuf goes on wherever it is met again, so that the property may lie behind everything else.
        var property = new ModelProto
        {
            MetadataProps = { new StringStringEntryProto { Key = Property, Value = Convert.ToHexStringLower(SHA256.HashData(model)) } },
        };
        return [.. model, .. property.ToByteArray()];
    }
}

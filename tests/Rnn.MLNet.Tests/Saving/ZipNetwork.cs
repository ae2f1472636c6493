using System.Buffers.Binary;
using System.IO.Compression;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Tests.Saving;

/// <summary>The ONNX model in a saved model, which a test can read and replace.</summary>
internal static class ZipNetwork
{
    public static byte[] Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var content = Entry(zip).Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        // ML.NET writes the length before the model.
        return copy.ToArray()[sizeof(int)..];
    }

    public static ModelProto Parse(string path) => ModelProto.Parser.ParseFrom(Read(path));

    /// <summary>Replaces the model. The zip's own sums are those of the new content, as if a storage had changed it.</summary>
    public static void Write(string path, byte[] model)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        using var content = Entry(zip).Open();
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, model.Length);
        content.SetLength(0);
        content.Write([.. length, .. model]);
    }

    private static ZipArchiveEntry Entry(ZipArchive zip) => zip.Entries.Single(entry => entry.Name == "OnnxModel");
}

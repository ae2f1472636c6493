using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace Rnn.MLNet.Tests.Onnx;

/// <summary>An exported file carries the sum of its own bytes, which any tool can check.</summary>
public sealed class FileChecksumTests : IDisposable
{
    private const int PropertyBytes = 76;
    private const int Digits = 64;

    private readonly TemporaryFile _file = new(".onnx");

    public FileChecksumTests()
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1 });
        model.ExportOnnx(_file.Path);
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public void It_is_in_the_metadata_and_at_the_end_of_the_file()
    {
        using var session = new InferenceSession(_file.Path);
        var bytes = File.ReadAllBytes(_file.Path);

        Assert.True(session.ModelMetadata.CustomMetadataMap.TryGetValue("sha256", out var sum), "The metadata has no sha256.");
        Assert.Equal(Encoding.ASCII.GetString(bytes, bytes.Length - Digits, Digits), sum);
        Assert.True(IsWhole(bytes));
    }

    [Fact]
    public void Any_changed_byte_and_any_missing_end_shows()
    {
        var bytes = File.ReadAllBytes(_file.Path);
        Assert.True(IsWhole(bytes));

        for (var i = 0; i < bytes.Length - PropertyBytes; i += 97)
        {
            bytes[i] ^= 1;
            Assert.False(IsWhole(bytes));
            bytes[i] ^= 1;
        }

        Assert.False(IsWhole(bytes[..^1]));
        Assert.False(IsWhole(bytes[..(bytes.Length / 2)]));
    }

    private static bool IsWhole(byte[] bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, bytes.Length - PropertyBytes))) == Encoding.ASCII.GetString(bytes, bytes.Length - Digits, Digits);
}

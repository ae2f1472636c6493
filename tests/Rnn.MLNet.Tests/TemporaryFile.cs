namespace Rnn.MLNet.Tests;

/// <summary>A path for a file that is gone after the test.</summary>
internal sealed class TemporaryFile(string extension) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "rnn-mlnet-" + Guid.NewGuid().ToString("N") + extension);

    public void Dispose() => File.Delete(Path);
}

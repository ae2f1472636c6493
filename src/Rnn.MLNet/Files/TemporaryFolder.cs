namespace Rnn.MLNet.Files;

/// <summary>A folder of its own for files that live no longer than this object.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path;

    /// <param name="parent">Where to make it, <c>MLContext.TempFilePath</c>; null or empty for the system's folder for temporary files.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public TemporaryFolder(string? parent)
    {
        _path = Path.Combine(string.IsNullOrEmpty(parent) ? Path.GetTempPath() : parent, "Rnn.MLNet-" + Path.GetRandomFileName());
        Directory.CreateDirectory(_path);
    }

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] content)
    {
        var file = Path.Combine(_path, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>Deletes the folder. A file that something else holds open stays behind, for what it was there for is done.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}

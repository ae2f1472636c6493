namespace Rnn.MLNet.Files;

/// <summary>A temporary folder that is deleted when the object is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path;

    /// <param name="parent">The parent folder, <c>MLContext.TempFilePath</c>; null or empty for <see cref="Path.GetTempPath"/>.</param>
    /// <exception cref="IOException">Thrown if the folder cannot be created.</exception>
    public TemporaryFolder(string? parent)
    {
        _path = Path.Combine(string.IsNullOrEmpty(parent) ? Path.GetTempPath() : parent, "Rnn.MLNet-" + Path.GetRandomFileName());
        Directory.CreateDirectory(_path);
    }

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        var file = Path.Combine(_path, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>Deletes the folder. Errors are ignored: a file that is still open elsewhere remains, but is no longer needed.</summary>
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

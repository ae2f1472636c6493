namespace Rnn.MLNet.Persistence;

/// <summary>A folder of its own for files that live no longer than this object.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path;

    /// <param name="parent">Where to make it, <c>MLContext.TempFilePath</c>; null or empty for the system's folder for temporary files.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public TemporaryFolder(string? parent)
    {
        parent = string.IsNullOrEmpty(parent) ? Path.GetTempPath() : parent;
        _path = Path.Combine(parent, "Rnn.MLNet-" + Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refused(parent, exception);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string Write(string name, byte[] content)
    {
        var file = Path.Combine(_path, name);
        try
        {
            File.WriteAllBytes(file, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(Path.GetDirectoryName(_path)!, exception);
        }

        return file;
    }

    /// <summary>Deletes the folder. A file that something else still holds open stays behind: what it was for is done.</summary>
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

    private static IOException Refused(string parent, Exception cause) => new(
        $"A model is saved by way of a temporary file, and the folder '{parent}' cannot be written: {cause.Message} Set MLContext.TempFilePath to a folder that can.",
        cause);
}

using Rnn.MLNet.Files;

namespace Rnn.MLNet.Training;

/// <summary>
/// Where the fits of one estimator keep their checkpoints: those of the data that it was first fitted to at the path, those of other data
/// behind it, with the data's digest as extension. So the folds of a cross-validation, which are fits of one estimator, have a file
/// each, and find it again in another process.
/// </summary>
internal sealed class CheckpointFiles(string path)
{
    private readonly Lock _lock = new();
    private readonly string _path = Path.GetFullPath(path);
    private string? _first;

    /// <summary>Makes the folder and tries to write there.</summary>
    /// <exception cref="InvalidOperationException">No file can be written there.</exception>
    public void RequireWritable()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path) ?? _path);
            AtomicFile.RequireWritable(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"CheckpointPath must be a file that can be written; it is '{path}'. {exception.Message}", exception);
        }
    }

    /// <summary>The file for a fit to the data with this digest.</summary>
    public string For(string data)
    {
        lock (_lock)
        {
            _first ??= data;
            return data == _first ? _path : $"{_path}.{data}";
        }
    }
}

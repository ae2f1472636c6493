namespace Rnn.MLNet.Experiments.Journal;

/// <summary>The folder of an experiment, for this experiment alone: a temporary one, or the working directory with a lock on it.</summary>
internal sealed class ExperimentFolder : IDisposable
{
    private readonly string _folder;
    private readonly FileStream? _lock;

    private ExperimentFolder(string folder, FileStream? @lock) => (_folder, _lock) = (folder, @lock);

    /// <summary>Opens the folder before anything is read.</summary>
    /// <param name="workingDirectory">Null for a temporary folder.</param>
    /// <exception cref="IOException">The folder cannot be written, or another experiment uses it.</exception>
    public static ExperimentFolder Open(string? workingDirectory)
    {
        if (workingDirectory is null)
        {
            return new ExperimentFolder(Directory.CreateTempSubdirectory("rnn-experiment-").FullName, null);
        }

        var folder = Path.GetFullPath(workingDirectory);
        try
        {
            Directory.CreateDirectory(folder);
            File.Create(Path.Combine(folder, $"{Guid.NewGuid():N}.probe"), 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The WorkingDirectory '{folder}' cannot be written: {exception.Message}", exception);
        }

        try
        {
            // FileShare.None is what locks a file under Linux too, for other processes as for other experiments of this one.
            return new ExperimentFolder(folder, new FileStream(Path.Combine(folder, "experiment.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Another experiment, of this process or of another one, uses the WorkingDirectory '{folder}'. Wait for its end, or give each experiment a folder of its own. ({exception.Message})", exception);
        }
    }

    /// <summary>The part of the folder that belongs to an experiment on some data. What lies there without a journal is of no trial that counts.</summary>
    public string Of(string fingerprint)
    {
        var folder = _lock is null ? _folder : Path.Combine(_folder, fingerprint);
        Directory.CreateDirectory(folder);
        string[] dead = File.Exists(Path.Combine(folder, TrialJournal.FileName))
            ? Directory.GetFiles(folder, "model-*.tmp")
            : [.. Directory.GetFiles(folder, "model-*"), .. Directory.GetFiles(folder, "search-*")];
        Array.ForEach(dead, File.Delete);

        return folder;
    }

    public void Dispose()
    {
        _lock?.Dispose();
        if (_lock is null)
        {
            DeleteTemporary();
        }
    }

    /// <summary>An abandoned trial may still write into the folder; then the system's cleaning of temporary files takes it.</summary>
    private void DeleteTemporary()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}

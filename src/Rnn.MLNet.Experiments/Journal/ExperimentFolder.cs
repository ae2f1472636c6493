namespace Rnn.MLNet.Experiments.Journal;

/// <summary>The folder that an experiment uses exclusively: a temporary folder, or the working directory, protected by a lock file.</summary>
internal sealed class ExperimentFolder : IDisposable
{
    private readonly string _folder;
    private readonly FileStream? _lock;

    private ExperimentFolder(string folder, FileStream? @lock) => (_folder, _lock) = (folder, @lock);

    /// <summary>Creates the folder if needed, checks that it is writable, and locks it.</summary>
    /// <param name="workingDirectory">The working directory; null for a temporary folder.</param>
    /// <exception cref="IOException">The folder is not writable, or another experiment uses it.</exception>
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
            // FileShare.None locks the file on Linux too, both against other processes and against other experiments in this one.
            return new ExperimentFolder(folder, new FileStream(Path.Combine(folder, "experiment.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Another experiment, in this process or another one, uses the WorkingDirectory '{folder}'. Wait until it ends, or give each experiment its own folder. ({exception.Message})", exception);
        }
    }

    /// <summary>
    /// Returns the subfolder of the experiment with this fingerprint, after deleting leftover files that no journaled trial refers to.
    /// </summary>
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

    /// <summary>Deletes the temporary folder, unless an abandoned trial is still writing to it; then it is left to the system's cleanup.</summary>
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

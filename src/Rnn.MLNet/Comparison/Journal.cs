using System.Text;
using System.Text.Json;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// The finished trials of an experiment on disk, one JSON object a line, each flushed to the disk before the next trial is
/// begun. A line cut short by the end of the process is ignored.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly Dictionary<string, Entry> _found = [];
    private readonly FileStream _file;

    public Journal(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"The journal '{path}' cannot be opened; does another process run this experiment? {exception.Message}", exception);
        }

        var content = new byte[_file.Length];
        _file.ReadExactly(content);
        var complete = Array.LastIndexOf(content, (byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(content, 0, complete).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                var entry = JsonSerializer.Deserialize<Entry>(line, RunRecord.Json)!;
                _found[entry.Key] = entry;
                ElapsedInSeconds = Math.Max(ElapsedInSeconds, entry.ElapsedInSeconds);
            }
            catch (JsonException exception)
            {
                _file.Dispose();
                throw new InvalidDataException($"The journal '{path}' is damaged: {exception.Message} Delete it to begin anew.", exception);
            }
        }

        _file.SetLength(complete);
        _file.Position = complete;
    }

    /// <summary>Seconds that the experiment had taken when its last trial was written.</summary>
    public double ElapsedInSeconds { get; }

    /// <summary>A trial that was finished before; null if it was not.</summary>
    public RnnRunDetail? Find(string key) => _found.GetValueOrDefault(key)?.Run.ToDetail();

    /// <summary>Whether more trials were finished before than so many.</summary>
    public bool HasMore(int taken) => taken < _found.Count;

    public void Append(string key, double elapsedInSeconds, RnnRunDetail run)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new Entry(key, elapsedInSeconds, RunRecord.Of(run)), RunRecord.Json);
        _file.Write([.. line, (byte)'\n']);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();

    private sealed record Entry(string Key, double ElapsedInSeconds, RunRecord Run);
}

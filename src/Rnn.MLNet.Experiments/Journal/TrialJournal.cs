using System.Text;
using System.Text.Json;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Experiments.Journal;

/// <summary>
/// The journal of an experiment's finished trials: a file with one JSON object per line. Each line is flushed to disk before the next
/// trial starts. A last line cut short by the end of the process is discarded.
/// </summary>
internal sealed class TrialJournal : IDisposable
{
    public const string FileName = "journal.jsonl";

    private readonly Dictionary<string, Entry> _found = [];
    private readonly string _path;
    private readonly FileStream _file;

    public TrialJournal(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The journal '{path}' cannot be opened; does another process use it? {exception.Message}", exception);
        }

        _path = path;
        try
        {
            ElapsedInSeconds = Read();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The time that the experiment had taken when its last trial was written, in seconds.</summary>
    public double ElapsedInSeconds { get; }

    /// <summary>Returns the trial with this key if an earlier run finished it; otherwise null.</summary>
    public RnnRunDetail? Find(string key) => _found.GetValueOrDefault(key)?.Run;

    /// <summary>Returns whether the journal has more than <paramref name="taken"/> trials of earlier runs.</summary>
    public bool HasMore(int taken) => taken < _found.Count;

    /// <summary>The highest trial number of earlier runs; 0 if there is none.</summary>
    public int LastTrial => _found.Values.Select(entry => entry.Run.TrialId).DefaultIfEmpty().Max();

    public void Append(string key, double elapsedInSeconds, RnnRunDetail run)
    {
        var line = LineChecksum.Append(JsonSerializer.Serialize(new Entry(key, elapsedInSeconds, run), RunJson.Options));
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(line + '\n'));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new IOException($"Trial {run.TrialId} cannot be written to the journal '{_path}': {exception.Message}", exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Reads the complete lines and truncates an incomplete last line.</summary>
    private double Read()
    {
        if (_file.Length > Array.MaxLength)
        {
            throw new InvalidDataException($"The journal '{_path}' is too large, {_file.Length} bytes. Delete it to start over.");
        }

        var content = new byte[_file.Length];
        _file.ReadExactly(content);
        var complete = Array.LastIndexOf(content, (byte)'\n') + 1;
        // An editor may have added a byte order mark or carriage returns.
        string[] lines = [.. Encoding.UTF8.GetString(content, 0, complete).TrimStart('\uFEFF').Split('\n')];
        double elapsed = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                elapsed = Math.Max(elapsed, Add(lines[i], i + 1).ElapsedInSeconds);
            }
        }

        if (complete < content.Length)
        {
            _file.SetLength(complete);
        }

        _file.Position = complete;
        return elapsed;
    }

    private Entry Add(string line, int number)
    {
        Entry? entry;
        try
        {
            entry = JsonSerializer.Deserialize<Entry>(line, RunJson.Options);
        }
        catch (JsonException exception)
        {
            throw Damaged(number, exception.Message, exception);
        }

        var damage = entry is null ? "it is null."
            : string.IsNullOrEmpty(entry.Key) ? "key is missing."
            : entry.Run is null ? "run is missing."
            : !(entry.ElapsedInSeconds >= 0 && double.IsFinite(entry.ElapsedInSeconds)) ? "elapsedInSeconds is not a finite number of at least 0."
            : TrialDamage.In(entry.Run) is { } damagedRun ? damagedRun
            : !LineChecksum.IsRight(line) ? $"its {LineChecksum.Property} does not match its content."
            : _found.TryAdd(entry.Key, entry) ? null : $"the trial {entry.Key} of '{entry.Run.TrainerName}' is already in an earlier line.";
        return damage is null ? entry! : throw Damaged(number, damage, null);
    }

    private InvalidDataException Damaged(int line, string what, Exception? inner) =>
        new($"Line {line} of the journal '{_path}' is damaged: {what} Delete the line to run its trial again (a step of a search only if no later step continued from it), or delete the file to start over.", inner);

    private sealed record Entry(string Key, double ElapsedInSeconds, RnnRunDetail Run);
}

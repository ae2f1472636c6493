using System.Text;
using System.Text.Json;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Experiments.Journal;

/// <summary>
/// The finished trials of an experiment on disk, one JSON object a line, each flushed to the disk before the next trial is
/// begun. A line cut short by the end of the process is ignored.
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

    /// <summary>Seconds that the experiment had taken when its last trial was written.</summary>
    public double ElapsedInSeconds { get; }

    /// <summary>A trial that was finished before; null if it was not.</summary>
    public RnnRunDetail? Find(string key) => _found.GetValueOrDefault(key)?.Run;

    /// <summary>Whether more trials were finished before than so many.</summary>
    public bool HasMore(int taken) => taken < _found.Count;

    /// <summary>The last trial that was finished before; 0 if none was.</summary>
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

    /// <summary>Reads the finished lines and cuts off what was not finished.</summary>
    private double Read()
    {
        if (_file.Length > Array.MaxLength)
        {
            throw new InvalidDataException($"The journal '{_path}' is too large, {_file.Length} bytes. Delete it to begin anew.");
        }

        var content = new byte[_file.Length];
        _file.ReadExactly(content);
        var complete = Array.LastIndexOf(content, (byte)'\n') + 1;
        // An editor may have put a byte order mark at the beginning and a carriage return at the end of lines.
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
            : !(entry.ElapsedInSeconds >= 0 && double.IsFinite(entry.ElapsedInSeconds)) ? "elapsedInSeconds is no finite number from 0."
            : TrialDamage.In(entry.Run) is { } damagedRun ? damagedRun
            : !LineChecksum.IsRight(line) ? $"it does not end with the right {LineChecksum.Property}, so something in it was changed."
            : _found.TryAdd(entry.Key, entry) ? null : $"the trial {entry.Key} of '{entry.Run.TrainerName}' is in an earlier line already.";
        return damage is null ? entry! : throw Damaged(number, damage, null);
    }

    private InvalidDataException Damaged(int line, string what, Exception? inner) =>
        new($"Line {line} of the journal '{_path}' is damaged: {what} Delete the line to run its trial again (a step of a search only if no later step was trained on from it), or the file to begin anew.", inner);

    private sealed record Entry(string Key, double ElapsedInSeconds, RnnRunDetail Run);
}

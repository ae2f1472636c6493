using System.Text;

namespace Rnn.MLNet.Tests.Experiments.Journal;

/// <summary>What the journal writes, reads again and cuts off.</summary>
public sealed class TrialJournalTests : IDisposable
{
    private readonly TemporaryFile _file = new(".jsonl");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_new_one_is_empty()
    {
        using var journal = new TrialJournal(_file.Path);
        Assert.Equal(0, journal.ElapsedInSeconds);
        Assert.Equal(0, journal.LastTrial);
        Assert.False(journal.HasMore(0));
        Assert.Null(journal.Find("0"));
    }

    [Fact]
    public void What_is_written_is_found_again()
    {
        Write(("0", 12.5, 1), ("1-0-1", 40.25, 3), ("2", 30, 2));
        Assert.Equal(3, File.ReadAllLines(_file.Path).Length);
        using var journal = new TrialJournal(_file.Path);

        // Trials side by side may be written in another order than they were begun.
        Assert.Equal(40.25, journal.ElapsedInSeconds);
        Assert.Equal(3, journal.LastTrial);
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(journal.HasMore));
        Assert.Equal((3, "candidate 3", "why 3"), journal.Find("1-0-1") is { } found ? (found.TrialId, found.TrainerName, found.Reason) : default);
        Assert.Equal(1, journal.Find("0")!.TrialId);
        Assert.Null(journal.Find("3"));
    }

    [Fact]
    public void The_next_run_writes_after_the_last_line()
    {
        Write(("0", 1, 1));
        var first = File.ReadAllText(_file.Path);
        Write(("1", 2, 2));
        Assert.StartsWith(first, File.ReadAllText(_file.Path), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(_file.Path).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(100_000)]
    public void A_torn_line_is_cut_off_at_once_and_leaves_nothing(int length)
    {
        Write(("0", 1, 1));
        var whole = File.ReadAllText(_file.Path);
        File.AppendAllText(_file.Path, new string('x', length));
        new TrialJournal(_file.Path).Dispose();
        Assert.Equal(whole, File.ReadAllText(_file.Path));

        File.AppendAllText(_file.Path, new string('x', length));
        Write(("1", 2, 2));
        var lines = File.ReadAllText(_file.Path).Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(whole, lines[0] + "\n");
        Assert.True(LineChecksum.IsRight(lines[1]));
        Assert.Equal("", lines[2]);
    }

    [Fact]
    public void A_file_of_a_torn_line_alone_begins_anew()
    {
        File.WriteAllText(_file.Path, "{\"key\":");
        Write(("0", 1, 1));
        Assert.Single(File.ReadAllLines(_file.Path));
        Assert.StartsWith("{\"key\":\"0\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,", File.ReadAllText(_file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_empty_lines_are_passed_over_and_lines_are_counted_with_them()
    {
        Write(("0", 1, 1));
        var line = File.ReadAllText(_file.Path);
        File.WriteAllText(_file.Path, "\n \n" + line, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        using (var journal = new TrialJournal(_file.Path))
        {
            Assert.Equal(1, journal.LastTrial);
        }

        File.AppendAllText(_file.Path, line.Replace("candidate 1", "candidate 2", StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(() => new TrialJournal(_file.Path));
        Assert.Contains($"Line 4 of the journal '{_file.Path}' is damaged", error.Message, StringComparison.Ordinal);
        // It was closed again.
        new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Fact]
    public void One_that_somebody_else_writes_or_that_is_no_file_is_refused_by_name()
    {
        using (new FileStream(_file.Path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Refused(_file.Path);
        }

        Refused(Path.GetTempPath());
    }

    [Fact]
    public void One_that_is_larger_than_any_array_is_refused()
    {
        var size = Array.MaxLength + 1L;
        using (var file = new FileStream(_file.Path, FileMode.Create))
        {
            // It takes no room on the disk.
            file.SetLength(size);
        }

        var error = Assert.Throws<InvalidDataException>(() => new TrialJournal(_file.Path));
        Assert.Equal($"The journal '{_file.Path}' is too large, {size} bytes. Delete it to start over.", error.Message);
    }

    [Fact]
    public void A_line_can_be_read_before_the_journal_is_closed()
    {
        using var journal = new TrialJournal(_file.Path);
        journal.Append("0", 1, Run(1));
        using var reader = new StreamReader(new FileStream(_file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Contains("candidate 1", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checksum_is_that_of_all_before_it()
    {
        var line = LineChecksum.Append("{\"a\":1}");
        // By sha256sum of the six characters before the comma.
        Assert.Equal("{\"a\":1,\"sha256\":\"8b0f0d75aabe01bbfba9341752c2cf7626f154e676aa791427b31aebfabc2592\"}", line);
        Assert.True(LineChecksum.IsRight(line));
        Assert.True(LineChecksum.IsRight(line + "\r"));
        for (var i = 0; i < line.Length; i++)
        {
            Assert.False(LineChecksum.IsRight(line.Remove(i, 1)), $"without character {i}");
            Assert.False(LineChecksum.IsRight(line.Remove(i, 1).Insert(i, "~")), $"with another character {i}");
        }

        Assert.True(LineChecksum.IsRight(LineChecksum.Append("{}")));
        Assert.False(LineChecksum.IsRight(LineChecksum.Append("}")));
        Assert.False(LineChecksum.IsRight(""));
        Assert.False(LineChecksum.IsRight("{\"a\":1}"));
    }

    private static void Refused(string path) =>
        Assert.StartsWith($"The journal '{path}' cannot be opened; does another process use it?", Assert.Throws<IOException>(() => new TrialJournal(path)).Message, StringComparison.Ordinal);

    private void Write(params (string Key, double Elapsed, int Trial)[] lines)
    {
        using var journal = new TrialJournal(_file.Path);
        Array.ForEach(lines, line => journal.Append(line.Key, line.Elapsed, Run(line.Trial)));
    }

    private static RnnRunDetail Run(int trial) => new() { TrialId = trial, TrainerName = $"candidate {trial}", Exception = new EarlierFailure($"why {trial}") };
}

using Rnn.MLNet.Comparison;
using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Training;

/// <summary>What the console shows while a network is trained or an experiment runs, on a terminal and in a file.</summary>
public sealed class ConsoleProgressTests
{
    private readonly StringWriter _written = new() { NewLine = "\n" };

    [Fact]
    public void A_terminal_shows_a_bar_and_keeps_a_line_for_each_epoch()
    {
        using var model = Fit(new ConsoleProgress(Terminal(200)));

        var screen = _written.ToString();
        Assert.Contains("[##########..........] epoch 1/2, step 3/6: loss ", screen, StringComparison.Ordinal);
        // Each line that is replaced ends where it begins; what stays is the epochs.
        Assert.Equal(6, screen.Count(c => c == '\r'));
        Assert.Equal(["epoch 1/2, step 3/6", "epoch 2/2, step 6/6"], Staying(screen).Select(line => line[..19]));
        Assert.All(Staying(screen), line => Assert.Matches("^epoch ./2, step ./6: loss [0-9.]+, accuracy [0-9.]+ %, [0-9,]+ rows/s, [0-9]+ s left *$", line));
    }

    [Fact]
    public void A_file_gets_the_lines_that_stay()
    {
        using var model = Fit(new ConsoleProgress(Terminal(0)));

        Assert.DoesNotContain('\r', _written.ToString());
        Assert.Equal(2, Staying(_written.ToString()).Count);
    }

    [Fact]
    public void A_narrow_terminal_gets_lines_that_fit()
    {
        using var model = Fit(new ConsoleProgress(Terminal(31)));

        Assert.All(_written.ToString().Split('\r').Where(text => !text.Contains('\n', StringComparison.Ordinal)), text => Assert.InRange(text.Length, 0, 30));
    }

    [Fact]
    public void A_shorter_line_covers_a_longer_one()
    {
        var line = Terminal(80);
        line.Replace(() => "a long line");
        line.Replace(() => "short");
        line.Write("done");

        Assert.Equal("a long line\rshort      \rdone \n", _written.ToString());
    }

    [Fact]
    public void A_line_stays_for_a_moment()
    {
        var line = new ConsoleLine(_written, 80, TimeSpan.FromHours(1));
        line.Replace(() => "first");
        line.Replace(() => throw new InvalidOperationException("It is not even made."));
        line.Write("stays");

        Assert.Equal("first\rstays\n", _written.ToString());
    }

    [Fact]
    public void Without_a_writer_it_is_the_console()
    {
        var before = Console.Out;
        Console.SetOut(_written);
        try
        {
            using var model = Fit(new ConsoleProgress());
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Equal(2, Staying(_written.ToString()).Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_experiment_leaves_a_line_for_each_trial()
    {
        var rows = ScriptedRow.View(ScriptedRow.Classes);
        SmallExperiments.Create().Add("first", ScriptedRow.Model).Add("second", _ => throw new InvalidOperationException("it broke"))
            .Execute(rows, rows, progressHandler: new ExperimentConsoleProgress(Terminal(200)));

        var lines = Staying(_written.ToString());
        Assert.Matches("^trial 1, first: micro-accuracy 100.0 %, [0-9.]+ s *$", lines[0]);
        Assert.Matches("^trial 2, second: InvalidOperationException: it broke, [0-9.]+ s *$", lines[1]);
        Assert.Contains("s left; best: first, micro-accuracy 100.0 %; running: second", _written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new ConsoleProgress().Report(null!));
        Assert.Throws<ArgumentNullException>(() => new ExperimentConsoleProgress().Report(null!));
    }

    private ConsoleLine Terminal(int width) => new(_written, width, TimeSpan.Zero);

    private static List<string> Staying(string screen) => [.. screen.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.LastIndexOf('\r') + 1)..])];

    private static RnnClassifierTransformer Fit(ConsoleProgress progress) => SyntheticSequences.Fit(SyntheticSequences.Options with { Progress = progress }, rows: 48);
}

namespace Rnn.MLNet.Tests.Experiments.Journal;

/// <summary>The time that an experiment took before it was interrupted counts when it is resumed.</summary>
public sealed class ResumedBudgetTests : IDisposable
{
    private static readonly IDataView Rows = ScriptedRow.View(ScriptedRow.Classes);
    private readonly string _folder = Directory.CreateTempSubdirectory("earlier-runs-").FullName;

    private string Journal => Directory.GetFiles(_folder, "journal.jsonl", SearchOption.AllDirectories).Single();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_elapsed_and_not_remaining_and_is_written_on()
    {
        Assert.InRange(Experiment(1, 1000).Execute(Rows, Rows).ElapsedInSeconds, 0, 200);
        SpendBefore(400);
        var listener = new ExperimentListener();
        var result = Experiment(2, 1000).Execute(Rows, Rows, progressHandler: listener);

        Assert.Equal((2, 1), (result.RunDetails.Count, result.FromJournal));
        Assert.InRange(result.ElapsedInSeconds, 400, 600);
        // Of what is in the journal the listener is notified as of what is run.
        Assert.Equal([1, 2], listener.Reports.Where(report => report.Ended is not null).Select(report => report.Ended!.TrialId));
        Assert.All(listener.Reports, progress => Assert.InRange(progress.ElapsedInSeconds, 400, 600));
        Assert.All(listener.Reports, progress => Assert.InRange(progress.RemainingInSeconds, 400, 600));
        Assert.Equal(0, result.OvershootInSeconds);
        // The next restart has the sum, not the second run's part alone.
        using var line = System.Text.Json.JsonDocument.Parse(File.ReadAllLines(Journal)[1]);
        Assert.InRange(line.RootElement.GetProperty("elapsedInSeconds").GetDouble(), 400, result.ElapsedInSeconds);
    }

    [Fact]
    public void Once_it_is_as_long_as_the_budget_nothing_more_is_begun_and_the_rest_is_named()
    {
        Experiment(1, 300).Execute(Rows, Rows);
        SpendBefore(400);
        var result = Experiment(null, 300).Execute(Rows, Rows);

        Assert.Equal((1, 1), (result.RunDetails.Count, result.FromJournal));
        Assert.Equal("first", result.BestRun!.TrainerName);
        Assert.Equal(["second", "third"], result.NotRun);
        Assert.Equal(ExperimentEnd.MaxTime, result.EndedBy);
        // A hundred seconds too many, but not of this run.
        Assert.InRange(result.OvershootInSeconds, 1e-9, 90);
        Assert.InRange(result.ElapsedInSeconds, 400, 490);
    }

    [Fact]
    public void Trials_of_the_journal_after_one_that_it_lacks_count_when_the_time_is_over()
    {
        RnnExperiment Experiment() => SmallExperiments.Create(SmallExperiments.Settings with { WorkingDirectory = _folder, MaxExperimentTimeInSeconds = 300 })
            .Add("first", _ => throw new InvalidOperationException("it broke")).Add("second", ScriptedRow.Model).Add("third", ScriptedRow.Model);
        Experiment().Execute(Rows, Rows);
        File.WriteAllLines(Journal, [.. File.ReadAllLines(Journal).Skip(1)]);
        SpendBefore(400);
        var listener = new ExperimentListener();
        var result = Experiment().Execute(Rows, Rows, progressHandler: listener);
        Assert.Equal([0, 0], listener.Reports.Select(report => report.RemainingInSeconds));
        Assert.Equal(["second", "third"], result.RunDetails.Select(run => run.TrainerName));
        Assert.Equal([2, 3], result.RunDetails.Select(run => run.TrialId));
        Assert.Equal(["first"], result.NotRun);
        Assert.Equal((2, ExperimentEnd.MaxTime), (result.FromJournal, result.EndedBy));
    }

    [Fact]
    public void A_search_of_which_only_some_trials_are_in_the_journal_was_run()
    {
        var (rows, others) = (Bar.View(60), Bar.View(20, seed: 2));
        RnnExperiment Experiment() => SmallExperiments.Create(SmallExperiments.Settings with { WorkingDirectory = _folder, MaxExperimentTimeInSeconds = 300 })
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options() with { MaxSteps = 1 }, new RandomSearch { MaxConfigurations = 2 });
        Experiment().Execute(rows, others);
        File.WriteAllLines(Journal, [.. File.ReadAllLines(Journal).Skip(1)]);
        SpendBefore(400);
        var result = Experiment().Execute(rows, others);

        Assert.Equal([2], result.RunDetails.Select(run => run.TrialId));
        Assert.Equal((1, ExperimentEnd.MaxTime), (result.FromJournal, result.EndedBy));
        Assert.Empty(result.NotRun);
    }

    private RnnExperiment Experiment(int? trials, double seconds) => SmallExperiments.Create(SmallExperiments.Settings with { WorkingDirectory = _folder, MaxTrials = trials, MaxExperimentTimeInSeconds = seconds })
        .Add("first", ScriptedRow.Model).Add("second", ScriptedRow.Model).Add("third", ScriptedRow.Model);

    /// <summary>Rewrites the seconds of the journal's first line.</summary>
    private void SpendBefore(double seconds)
    {
        var lines = File.ReadAllLines(Journal);
        var line = System.Text.Json.Nodes.JsonNode.Parse(lines[0])!.AsObject();
        line.Remove("sha256");
        line["elapsedInSeconds"] = seconds;
        File.WriteAllLines(Journal, [LineChecksum.Append(line.ToJsonString(RunJson.Options)), .. lines[1..]]);
    }
}

namespace Rnn.MLNet.Tests.Experiments;

/// <summary>What ended an experiment, and what it did not come to.</summary>
public sealed class ExperimentEndTests
{
    private static readonly IDataView Rows = ScriptedRow.View(ScriptedRow.Classes);

    [Theory]
    [InlineData(null, 3, ExperimentEnd.NothingLeft)]
    [InlineData(4, 3, ExperimentEnd.NothingLeft)]
    [InlineData(3, 3, ExperimentEnd.MaxTrials)]
    [InlineData(2, 2, ExperimentEnd.MaxTrials)]
    [InlineData(1, 1, ExperimentEnd.MaxTrials)]
    public void As_many_trials_as_are_asked_for_and_the_rest_is_named(int? most, int run, ExperimentEnd end)
    {
        var result = Three(SmallExperiments.Settings with { MaxTrials = most }).Execute(Rows, Rows);
        Assert.Equal(new[] { "first", "second", "third" }[..run], result.RunDetails.Select(detail => detail.TrainerName));
        Assert.Equal(new[] { "first", "second", "third" }[run..], result.NotRun);
        Assert.Equal(end, result.EndedBy);
        Assert.Equal(0, result.FromJournal);
        Assert.Equal(0, result.OvershootInSeconds);
        Assert.Equal(1, result.BestRun!.TrialId);
        Assert.Same(result.BestRun, result.RunDetails[0]);
        Assert.All(result.RunDetails.Skip(1), detail => Assert.Null(detail.Model));
    }

    [Fact]
    public void A_search_that_was_begun_is_not_among_those_that_were_not()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 1 }).AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch())
            .Add("first", ScriptedRow.Model).Execute(Rows, Rows);
        Assert.Equal(["first"], result.NotRun);
        Assert.Null(result.BestRun);
        Assert.Single(result.RunDetails);
    }

    [Fact]
    public void A_cancelled_one_says_so_and_what_was_cut_short_is_not_in_the_journal()
    {
        var folder = Directory.CreateTempSubdirectory("cancelled-").FullName;
        using var stop = new CancellationTokenSource();
        RnnExperiment Experiment() => SmallExperiments.Create(SmallExperiments.Settings with { WorkingDirectory = folder })
            .Add("first", ScriptedRow.Model)
            .Add("second", context => new StubEstimator(ScriptedRow.Model(context), _ =>
            {
                stop.Cancel();
                throw new OperationCanceledException();
            }))
            .Add("third", ScriptedRow.Model);
        var result = Experiment().Execute(Rows, Rows, cancellationToken: stop.Token);
        Assert.Equal(ExperimentEnd.Canceled, result.EndedBy);
        Assert.Equal(["third"], result.NotRun);
        Assert.Equal("OperationCanceledException: The experiment ended before the trial, which was fitting.", result.RunDetails[1].Reason);
        Assert.Equal(1, Experiment().Execute(Rows, Rows).FromJournal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void As_many_run_side_by_side_as_are_allowed()
    {
        var listener = new ExperimentListener();
        var (running, most) = (0, 0);
        using var two = new CountdownEvent(2);
        var experiment = SmallExperiments.Create(SmallExperiments.Settings with { MaxConcurrentTrials = 2 });
        for (var i = 0; i < 5; i++)
        {
            var early = i < 2;
            experiment.Add($"candidate {i}", context => new StubEstimator(ScriptedRow.Model(context), _ =>
            {
                lock (two)
                {
                    most = Math.Max(most, ++running);
                }

                if (early)
                {
                    two.Signal();
                    two.Wait(TimeSpan.FromSeconds(20));
                }

                lock (two)
                {
                    running--;
                }
            }));
        }

        var result = experiment.Execute(Rows, Rows, progressHandler: listener);
        Assert.Equal(2, most);
        Assert.Equal(5, result.RunDetails.Count(run => run.Loss is not null));
        Assert.Equal(2, listener.Reports.Max(report => report.Running.Count));
    }

    [Fact]
    public void The_machine_and_the_versions_are_named()
    {
        var result = Three(SmallExperiments.Settings).Execute(Rows, Rows);
        Assert.Equal(["Rnn.MLNet", "ML.NET", "TorchSharp", ".NET", "Operating system", "Processor", "Cores", "Memory"], result.Environment.Keys);
        Assert.All(result.Environment.Values, value => Assert.False(string.IsNullOrWhiteSpace(value)));
        Assert.Matches(@"^\d+\.\d+\.\d+[^+]*$", result.Environment["ML.NET"]);
        Assert.Equal($"{Environment.ProcessorCount}", result.Environment["Cores"]);
        Assert.Matches(@"^\d+ GB$", result.Environment["Memory"]);
        Assert.Equal(SmallExperiments.Settings, result.Settings);
        Assert.InRange(result.EndedAt, DateTimeOffset.Now.AddHours(-1), DateTimeOffset.Now);
    }

    [Fact]
    public void Nothing_that_is_missing_is_taken()
    {
        var experiment = SmallExperiments.Create();
        Assert.Throws<ArgumentNullException>("build", () => experiment.Add("name", (Func<MLContext, IEstimator<ITransformer>>)null!));
        Assert.Throws<ArgumentNullException>("build", () => experiment.Add("name", (Func<MLContext, TrialContext, IEstimator<ITransformer>>)null!));
        Assert.Throws<ArgumentException>("name", () => experiment.Add(" ", ScriptedRow.Model));
        Assert.Throws<ArgumentNullException>("space", () => experiment.AddSearch("name", null!, SmallExperiments.Options()));
        Assert.Throws<ArgumentNullException>("options", () => experiment.AddSearch("name", SmallExperiments.Space, null!));
        Assert.Contains("no candidate", Assert.Throws<InvalidOperationException>(() => experiment.Execute(Rows)).Message, StringComparison.Ordinal);
        experiment.Add("name", ScriptedRow.Model);
        Assert.Throws<ArgumentException>("name", () => experiment.Add("name", ScriptedRow.Model));
        Assert.Throws<ArgumentNullException>("trainData", () => experiment.Execute(null!));
        Assert.Throws<ArgumentNullException>("trainData", () => experiment.Execute(null!, Rows));
        Assert.Throws<ArgumentNullException>("validationData", () => experiment.Execute(Rows, (IDataView)null!));
        Assert.Throws<ArgumentNullException>("trainData", () => experiment.Execute(null!, 3));
        Assert.Throws<ArgumentOutOfRangeException>("numberOfCVFolds", () => experiment.Execute(Rows, 1));
    }

    private static RnnExperiment Three(RnnExperimentSettings settings)
    {
        var experiment = SmallExperiments.Create(settings);
        string[] names = ["first", "second", "third"];
        for (var i = 0; i < 3; i++)
        {
            experiment.Add(names[i], ScriptedRow.Model);
        }

        return experiment;
    }
}

using Microsoft.ML;
using Rnn.MLNet.Comparison;
using Xunit;

namespace Rnn.MLNet.Tests.Comparison;

/// <summary>What ended an experiment, what it did not come to, and what is told on the way.</summary>
public sealed class EndsOfExperiments
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
        var result = Three(Experiments.Settings with { MaxTrials = most }).Execute(Rows, Rows);
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
        var result = Experiments.Create(Experiments.Settings with { MaxTrials = 1 }).AddSearch("search", Experiments.Space, Experiments.Options(), new RandomSearch())
            .Add("first", ScriptedRow.Model).Execute(Rows, Rows);
        Assert.Equal(["first"], result.NotRun);
        Assert.Null(result.BestRun);
        Assert.Equal(1, result.RunDetails.Count);
    }

    [Fact]
    public void A_cancelled_one_says_so_and_what_was_cut_short_is_not_in_the_journal()
    {
        var folder = Directory.CreateTempSubdirectory("cancelled-").FullName;
        using var stop = new CancellationTokenSource();
        RnnExperiment Experiment() => Experiments.Create(Experiments.Settings with { WorkingDirectory = folder })
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
    public void Each_beginning_and_each_end_is_told()
    {
        var listener = new ExperimentListener();
        Three(Experiments.Settings with { MaxConcurrentTrials = 1 }, broken: 2).Execute(Rows, Rows, progressHandler: listener);
        // Reports in between tell nothing new.
        var told = listener.Reports.Select(report => $"{string.Join(",", report.Running.Select(running => running.TrialId))}|{report.Ended?.TrialId}|{report.Completed}|{report.Best?.TrialId}").ToList();
        Assert.Equal(["1||0|", "|1|1|1", "2||1|1", "|2|2|1", "3||2|1", "|3|3|1"], told.Where((report, index) => index == 0 || told[index - 1] != report));
        Assert.All(listener.Reports.SelectMany(report => report.Running), running => Assert.Equal(new[] { "first", "second", "third" }[running.TrialId - 1], running.TrainerName));
        var budget = Experiments.Settings.MaxExperimentTimeInSeconds;
        Assert.All(listener.Reports, report => Assert.InRange(report.RemainingInSeconds + report.ElapsedInSeconds, budget - 5, budget + 5));
        Assert.All(listener.Reports, report => Assert.Null(report.Best?.Model));
    }

    [Fact]
    public void How_long_a_trial_has_been_running_is_told_while_it_runs()
    {
        using var told = new ManualResetEventSlim();
        var reports = new List<ExperimentProgress>();
        var result = Experiments.Create()
            .Add("first", context => new StubEstimator(ScriptedRow.Model(context), _ => Thread.Sleep(100)))
            .Add("second", context => new StubEstimator(ScriptedRow.Model(context), _ => Assert.True(told.Wait(TimeSpan.FromSeconds(20)))))
            .Execute(Rows, Rows, progressHandler: new Told(report =>
            {
                if (report.Running is [{ TrialId: 2 } running])
                {
                    reports.Add(report);
                    if (running.ElapsedInSeconds > 0.2)
                    {
                        told.Set();
                    }
                }
            }));
        Assert.Null(result.RunDetails[1].Reason);
        // The first trial's time is none of the second's.
        Assert.All(reports, report => Assert.InRange(report.Running[0].ElapsedInSeconds, 0, report.ElapsedInSeconds - 0.09));
    }

    [Fact]
    public void A_search_whose_strategy_fails_is_told_of()
    {
        var listener = new ExperimentListener();
        Experiments.Create().AddSearch("search", Experiments.Space, Experiments.Options(), new ScriptedSearch(SearchDecision.Wait)).Execute(Rows, Rows, progressHandler: listener);
        var report = Assert.Single(listener.Reports);
        Assert.Equal((1, "search", 1, 0), (report.Ended!.TrialId, report.Ended.TrainerName, report.Completed, report.Running.Count));
        Assert.EndsWith("failed after 0 steps: it waits although none of its steps is running.", report.Ended.Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_that_others_send_work_to_gets_none()
    {
        // The thread of a window waits in Execute, so that nothing may wait for it.
        var window = new Window();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(window);
        try
        {
            var result = Experiments.Create().Add("first", context => new StubEstimator(ScriptedRow.Model(context), _ => Thread.Sleep(50))).Execute(Rows, Rows);
            Assert.NotNull(result.BestRun);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Equal(0, window.Sent);
    }

    [Fact]
    public void As_many_run_side_by_side_as_are_allowed()
    {
        var listener = new ExperimentListener();
        var (running, most) = (0, 0);
        using var two = new CountdownEvent(2);
        var experiment = Experiments.Create(Experiments.Settings with { MaxConcurrentTrials = 2 });
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
        var result = Three(Experiments.Settings).Execute(Rows, Rows);
        Assert.Equal(["Rnn.MLNet", "ML.NET", "TorchSharp", ".NET", "Operating system", "Processor", "Cores", "Memory"], result.Environment.Keys);
        Assert.All(result.Environment.Values, value => Assert.False(string.IsNullOrWhiteSpace(value)));
        Assert.Matches(@"^\d+\.\d+\.\d+[^+]*$", result.Environment["ML.NET"]);
        Assert.Equal($"{Environment.ProcessorCount}", result.Environment["Cores"]);
        Assert.Matches(@"^\d+ GB$", result.Environment["Memory"]);
        Assert.Equal(Experiments.Settings, result.Settings);
        Assert.InRange(result.EndedAt, DateTimeOffset.Now.AddHours(-1), DateTimeOffset.Now);
    }

    [Fact]
    public void Nothing_that_is_missing_is_taken()
    {
        var experiment = Experiments.Create();
        Assert.Throws<ArgumentNullException>("build", () => experiment.Add("name", (Func<MLContext, IEstimator<ITransformer>>)null!));
        Assert.Throws<ArgumentNullException>("build", () => experiment.Add("name", (Func<MLContext, TrialContext, IEstimator<ITransformer>>)null!));
        Assert.Throws<ArgumentException>("name", () => experiment.Add(" ", ScriptedRow.Model));
        Assert.Throws<ArgumentNullException>("space", () => experiment.AddSearch("name", null!, Experiments.Options()));
        Assert.Throws<ArgumentNullException>("options", () => experiment.AddSearch("name", Experiments.Space, null!));
        Assert.Contains("no candidate", Assert.Throws<InvalidOperationException>(() => experiment.Execute(Rows)).Message, StringComparison.Ordinal);
        experiment.Add("name", ScriptedRow.Model);
        Assert.Throws<ArgumentException>("name", () => experiment.Add("name", ScriptedRow.Model));
        Assert.Throws<ArgumentNullException>("trainData", () => experiment.Execute(null!));
        Assert.Throws<ArgumentNullException>("trainData", () => experiment.Execute(null!, Rows));
        Assert.Throws<ArgumentNullException>("validationData", () => experiment.Execute(Rows, (IDataView)null!));
        Assert.Throws<ArgumentNullException>("trainData", () => experiment.Execute(null!, 3));
        Assert.Throws<ArgumentOutOfRangeException>("numberOfCVFolds", () => experiment.Execute(Rows, 1));
    }

    private static RnnExperiment Three(RnnExperimentSettings settings, int broken = 0)
    {
        var experiment = Experiments.Create(settings);
        string[] names = ["first", "second", "third"];
        for (var i = 0; i < 3; i++)
        {
            experiment.Add(names[i], i + 1 == broken ? _ => throw new InvalidOperationException("it broke") : ScriptedRow.Model);
        }

        return experiment;
    }

    private sealed class Window : SynchronizationContext
    {
        public int Sent { get; private set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Sent++;
            base.Post(d, state);
        }
    }

    private sealed class Told(Action<ExperimentProgress> report) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => report(value);
    }
}

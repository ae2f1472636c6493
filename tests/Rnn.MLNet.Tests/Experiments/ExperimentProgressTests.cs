namespace Rnn.MLNet.Tests.Experiments;

/// <summary>What is reported of an experiment while it runs, and on which thread.</summary>
public sealed class ExperimentProgressTests
{
    private static readonly IDataView Rows = ScriptedRow.View(ScriptedRow.Classes);

    [Fact]
    public void Each_beginning_and_each_end_is_reported()
    {
        var listener = new ExperimentListener();
        SmallExperiments.Create().Add("first", ScriptedRow.Model).Add("second", _ => throw new InvalidOperationException("it broke")).Add("third", ScriptedRow.Model)
            .Execute(Rows, Rows, progressHandler: listener);
        // Reports in between tell nothing new.
        var reports = listener.Reports.Select(report => $"{string.Join(",", report.Running.Select(running => running.TrialId))}|{report.Ended?.TrialId}|{report.Completed}|{report.Best?.TrialId}").ToList();
        Assert.Equal(["1||0|", "|1|1|1", "2||1|1", "|2|2|1", "3||2|1", "|3|3|1"], reports.Where((report, index) => index == 0 || reports[index - 1] != report));
        Assert.All(listener.Reports.SelectMany(report => report.Running), running => Assert.Equal(new[] { "first", "second", "third" }[running.TrialId - 1], running.TrainerName));
        var budget = SmallExperiments.Settings.MaxExperimentTimeInSeconds;
        Assert.All(listener.Reports, report => Assert.InRange(report.RemainingInSeconds + report.ElapsedInSeconds, budget - 5, budget + 5));
        Assert.All(listener.Reports, report => Assert.Null(report.Best?.Model));
    }

    [Fact]
    public void A_report_reads_as_one_line()
    {
        var listener = new ExperimentListener();
        SmallExperiments.Create().Add("first", ScriptedRow.Model).Add("second", ScriptedRow.Model).Execute(Rows, Rows, progressHandler: listener);
        var lines = listener.Reports.Select(report => $"{report with { ElapsedInSeconds = 1234.4, RemainingInSeconds = 7 }}").Distinct();
        const string Time = " in 1,234 s, 7 s left";
        Assert.Equal(
            [
                $"0 trials{Time}; running: first", $"1 trial{Time}; best: first, micro-accuracy 100.0 %",
                $"1 trial{Time}; best: first, micro-accuracy 100.0 %; running: second", $"2 trials{Time}; best: first, micro-accuracy 100.0 %",
            ],
            lines);
    }

    [Fact]
    public void How_long_a_trial_has_been_running_is_reported_while_it_runs()
    {
        using var reported = new ManualResetEventSlim();
        var reports = new List<ExperimentProgress>();
        var result = SmallExperiments.Create()
            .Add("first", context => new StubEstimator(ScriptedRow.Model(context), _ => Thread.Sleep(100)))
            .Add("second", context => new StubEstimator(ScriptedRow.Model(context), _ => Assert.True(reported.Wait(TimeSpan.FromSeconds(20)))))
            .Execute(Rows, Rows, progressHandler: new Reporter(report =>
            {
                if (report.Running is [{ TrialId: 2 } running])
                {
                    reports.Add(report);
                    if (running.ElapsedInSeconds > 0.2)
                    {
                        reported.Set();
                    }
                }
            }));
        Assert.Null(result.RunDetails[1].Reason);
        // The first trial's time is none of the second's.
        Assert.All(reports, report => Assert.InRange(report.Running[0].ElapsedInSeconds, 0, report.ElapsedInSeconds - 0.09));
    }

    [Fact]
    public void A_search_whose_strategy_fails_is_notified_of()
    {
        var listener = new ExperimentListener();
        var options = SmallExperiments.Options() with { FeatureColumnName = "Answer", TimeSteps = 3 };
        SmallExperiments.Create().AddSearch("search", SmallExperiments.Space, options, new ScriptedSearch(SearchDecision.Wait)).Execute(Rows, Rows, progressHandler: listener);
        var report = Assert.Single(listener.Reports);
        Assert.Equal((1, "search", 1, 0), (report.Ended!.TrialId, report.Ended.TrainerName, report.Completed, report.Running.Count));
        Assert.EndsWith("failed after 0 steps: it decided to wait although none of its steps is running.", report.Ended.Exception!.Message, StringComparison.Ordinal);
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
            var result = SmallExperiments.Create().Add("first", context => new StubEstimator(ScriptedRow.Model(context), _ => Thread.Sleep(50))).Execute(Rows, Rows);
            Assert.NotNull(result.BestRun);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Equal(0, window.Sent);
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

    private sealed class Reporter(Action<ExperimentProgress> report) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => report(value);
    }
}

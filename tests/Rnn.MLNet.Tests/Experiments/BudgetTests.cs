namespace Rnn.MLNet.Tests.Experiments;

[Collection(nameof(Alone))]
public sealed class BudgetTests : IClassFixture<WarmUp>
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);

    [Fact]
    public void A_network_stops_within_a_minibatch_when_the_time_is_over()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxExperimentTimeInSeconds = 1 })
            .Add("endless", SmallExperiments.EndlessNetwork).Execute(Train, Validation);

        // What does not stop by itself is abandoned after three seconds.
        var run = Assert.Single(result.RunDetails);
        Assert.False(run.Abandoned);
        Assert.InRange(run.OvershootInSeconds!.Value, 0, 3);
        Assert.True(result.ElapsedInSeconds >= 1);
        Assert.Equal(ExperimentEnd.MaxTime, result.EndedBy);
    }

    [Fact]
    public void No_trial_in_time_is_a_result_that_says_so()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxExperimentTimeInSeconds = 1 })
            .Add("endless", SmallExperiments.EndlessNetwork).Add("never reached", _ => throw new UnreachableException()).Execute(Train, Validation);

        Assert.Null(result.BestRun);
        var run = result.RunDetails.Single(run => run.TrainerName == "endless");
        Assert.Null(run.Loss);
        // The trial's share of the time or, on a busy machine, all of it.
        Assert.True(run.Exception is TimeoutException or OperationCanceledException);
        Assert.Empty(result.Leaderboard);
    }

    [Fact]
    public void A_first_turn_leaves_time_for_the_others()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxExperimentTimeInSeconds = 6 })
            .Add("endless", SmallExperiments.EndlessNetwork).Add("Naive Bayes", SmallExperiments.Bayes).Add("linear", SmallExperiments.Linear).Execute(Train, Validation);

        Assert.IsType<TimeoutException>(result.RunDetails[0].Exception);
        Assert.Equal(["Naive Bayes", "linear"], result.Leaderboard.Select(run => run.TrainerName).OrderBy(name => name == "linear"));
        Assert.Empty(result.NotRun);
    }

    [Fact]
    public void MaxTrialTime_bounds_a_trial()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrialTimeInSeconds = 1 })
            .Add("endless", SmallExperiments.EndlessNetwork).Add("Naive Bayes", SmallExperiments.Bayes).Execute(Train, Validation);

        Assert.IsType<TimeoutException>(result.RunDetails[0].Exception);
        Assert.True(result.RunDetails[0].RuntimeInSeconds >= 0.9);
        Assert.Equal("Naive Bayes", result.BestRun!.TrainerName);
        Assert.Equal(ExperimentEnd.NothingLeft, result.EndedBy);
    }

    [Fact]
    public void A_token_returns_the_best_so_far()
    {
        using var stop = new CancellationTokenSource();
        var result = SmallExperiments.Create()
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .Add("endless", context => new StubEstimator(SmallExperiments.EndlessNetwork(context), _ => stop.CancelAfter(300)))
            .Add("not begun", SmallExperiments.Bayes)
            .Execute(Train, Validation, cancellationToken: stop.Token);

        Assert.Equal("Naive Bayes", result.BestRun!.TrainerName);
        Assert.IsType<OperationCanceledException>(result.RunDetails[1].Exception);
        Assert.Equal(["not begun"], result.NotRun);
        Assert.Equal(ExperimentEnd.Canceled, result.EndedBy);
    }

    [Fact]
    public void A_trainer_of_MLNet_stops_too()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrialTimeInSeconds = 0.7 })
            .Add("endless", context => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                new Microsoft.ML.Trainers.SdcaMaximumEntropyMulticlassTrainer.Options { MaximumNumberOfIterations = 1_000_000, ConvergenceTolerance = 1e-30f }))
            .Execute(Train, Validation);

        var run = Assert.Single(result.RunDetails);
        Assert.IsType<TimeoutException>(run.Exception);
        Assert.False(run.Abandoned);
    }

    [Fact]
    public void Progress_reports_what_runs_what_ended_and_what_is_best()
    {
        var seen = new List<ExperimentProgress>();
        SmallExperiments.Create().Add("Naive Bayes", SmallExperiments.Bayes).Add("GRU", SmallExperiments.Network).Execute(Train, Validation, progressHandler: new Listener(seen.Add));

        Assert.Contains(seen, progress => progress.Running is [{ TrainerName: "GRU" }] && progress is { Completed: 1, Best.TrainerName: "Naive Bayes" });
        Assert.Equal(["Naive Bayes", "GRU"], seen.Where(progress => progress.Ended is not null).Select(progress => progress.Ended!.TrainerName));
        Assert.All(seen, progress => Assert.InRange(progress.RemainingInSeconds, 1, 600));
    }

    private sealed class Listener(Action<ExperimentProgress> report) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => report(value);
    }
}

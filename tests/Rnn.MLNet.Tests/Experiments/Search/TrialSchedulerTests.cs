namespace Rnn.MLNet.Tests.Experiments.Search;

/// <summary>Whose turn it is, without running anything.</summary>
public sealed class TrialSchedulerTests
{
    private const int Rows = 32;

    private static readonly RnnExperimentSettings Settings = SmallExperiments.Settings with { Seed = 5 };

    private static readonly IDataView View = Bar.View(Rows);

    private static readonly ExperimentData Data = new(View.Schema, "Colour", [new ExperimentFold(View, View, Rows, null, new Dictionary<int, int>(), 0, 0)], [], "");

    [Fact]
    public void Every_candidate_has_its_first_turn_as_it_was_added_then_the_searches_go_round()
    {
        var scheduler = Scheduler(Search("x", ScriptedSearch.Of(2)), Single("a"), Search("y", ScriptedSearch.Of(4)), Single("b"));
        Assert.Equal(["x", "a", "y", "b"], scheduler.NotBegun);
        var plans = All(scheduler);
        Assert.Equal(["x", "a", "y", "b", "x", "y", "y", "y"], plans.Select(plan => plan.TrainerName));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], plans.Select(plan => plan.TrialId));
        Assert.Equal([4, 3, 2, 1, 0, 0, 0, 0], plans.Select(plan => plan.TurnsLeft));
        Assert.Equal(["0-0-1", "1", "2-0-1", "3", "0-1-1", "2-1-1", "2-2-1", "2-3-1"], plans.Select(plan => plan.Key));
        Assert.Empty(scheduler.NotBegun);
    }

    [Fact]
    public void A_search_that_ends_takes_no_turn_from_the_others()
    {
        string Names(params int[] steps) => string.Concat(All(Scheduler([.. steps.Select((count, index) => Search("xyz"[index].ToString(), ScriptedSearch.Of(count)))])).Select(plan => plan.TrainerName));
        Assert.Equal("xyzyzyz", Names(1, 3, 3));
        Assert.Equal("xyzxzxz", Names(3, 1, 3));
        Assert.Equal("xyzxyxy", Names(3, 3, 1));
        Assert.Equal("yz", Names(0, 1, 1));
        Assert.Equal("", Names(0, 0, 0));
    }

    [Fact]
    public void A_search_that_has_to_wait_keeps_its_turn_and_all_wait_with_it()
    {
        var waiting = new ScriptedSearch(SearchDecision.Train(0, 1), SearchDecision.Train(1, 1), SearchDecision.Train(2, 1)) { WaitsAfter = 1 };
        var scheduler = Scheduler(Search("x", waiting), Search("y", ScriptedSearch.Of(3)));
        TrialPlan Next() => scheduler.Next(CancellationToken.None)!;
        var (first, other) = (Next(), Next());
        Assert.Equal(("x", "y"), (first.TrainerName, other.TrainerName));
        Assert.Null(scheduler.Next(CancellationToken.None));
        Assert.Null(scheduler.Next(CancellationToken.None));
        first.Completed(new RnnRunDetail { TrialId = 1, TrainerName = "x", Loss = 0.25 });

        Assert.Equal(["x", "y", "x", "y"], Enumerable.Range(0, 4).Select(_ => Next().TrainerName));
    }

    [Fact]
    public void The_second_of_two_that_has_to_wait_keeps_its_turn()
    {
        var waiting = new ScriptedSearch(SearchDecision.Train(0, 1), SearchDecision.Train(1, 1)) { WaitsAfter = 1 };
        var scheduler = Scheduler(Search("x", ScriptedSearch.Of(3)), Search("y", waiting));
        var plans = Enumerable.Range(0, 3).Select(_ => scheduler.Next(CancellationToken.None)!).ToArray();
        Assert.Equal(["x", "y", "x"], plans.Select(plan => plan.TrainerName));
        Assert.Null(scheduler.Next(CancellationToken.None));
        plans[1].Completed(new RnnRunDetail { TrialId = 2, TrainerName = "y", Loss = 1 });
        Assert.Equal(["y", "x"], All(scheduler).Select(plan => plan.TrainerName));
    }

    [Fact]
    public void A_strategy_is_given_the_results_of_its_steps()
    {
        var strategy = new ScriptedSearch(SearchDecision.Train(3, 1), SearchDecision.Train(4, 1), SearchDecision.Train(3, 2), SearchDecision.Train(4, 2));
        var scheduler = Scheduler(Single("a"), Search("x", strategy));
        TrialPlan Next() => scheduler.Next(CancellationToken.None)!;
        Next();
        var (first, second) = (Next(), Next());
        second.Completed(new RnnRunDetail { TrialId = 3, TrainerName = "x", Loss = null, TrainingTimeInSeconds = 4 });
        var third = Next();
        first.Completed(new RnnRunDetail { TrialId = 2, TrainerName = "x", Loss = 0.5, TrainingTimeInSeconds = 2 });
        var fourth = Next();

        Assert.All(strategy.Calls, call => Assert.Equal(9, call.MaxSteps));
        Assert.Equal([0, 1, 2, 3], strategy.Calls.Select(call => call.History.Count));
        Assert.Equal([new SearchStep(3, 1, null), new SearchStep(4, 1, double.PositiveInfinity)], strategy.Calls[2].History);
        Assert.Equal([new SearchStep(3, 1, 0.5), new SearchStep(4, 1, double.PositiveInfinity), new SearchStep(3, 2, null)], strategy.Calls[3].History);
        // Configuration 4 had been trained for four seconds when it was taken up again; that 3 had for two was not known yet.
        Assert.Equal([0, 0, 0, 4], new[] { first, second, third, fourth }.Select(plan => plan.EarlierTraining));
        Assert.Equal([(3, 1), (4, 1), (3, 2), (4, 2)], new[] { first, second, third, fourth }.Select(plan => (plan.Configuration!.Value, plan.Steps!.Value)));
    }

    [Fact]
    public void A_strategy_that_fails_is_a_row_of_its_search_and_its_end()
    {
        var scheduler = Scheduler(Search("x", new ScriptedSearch(SearchDecision.Wait)), Search("y", ScriptedSearch.Of(2)));
        var plans = All(scheduler);
        Assert.Equal(["x", "y", "y"], plans.Select(plan => plan.TrainerName));
        Assert.Equal((1, "0", 2), (plans[0].TrialId, plans[0].Key, plans[0].TurnsLeft));
        Assert.Contains("failed after 0 steps: it decided to wait although none of its steps is running.", plans[0].Failure!.Message, StringComparison.Ordinal);
        Assert.Null(plans[1].Failure);
    }

    [Fact]
    public void A_plan_says_what_was_drawn_by_the_seed_and_the_place_of_the_search()
    {
        var options = SmallExperiments.Options(epochs: 9);
        var plans = All(Scheduler(Search("x", new ScriptedSearch(SearchDecision.Train(2, 3))), Search("y", new ScriptedSearch(SearchDecision.Train(2, 3)))));
        for (var index = 0; index < 2; index++)
        {
            var drawn = SmallExperiments.Space.Draw(options, Settings.Seed + index, 2, Rows);
            var expected = new Dictionary<string, string>
            {
                ["Configuration"] = "2",
                ["Steps"] = "3",
                ["Cell"] = drawn.Cell.GetType().Name,
                ["Units"] = $"{drawn.Cell.Units}",
                ["Layers"] = $"{drawn.Layers}",
                ["Bidirectional"] = drawn.Bidirectional ? "yes" : "no",
                ["LearningRate"] = FormattableString.Invariant($"{drawn.LearningRate:G3}"),
                ["BatchSize"] = $"{drawn.BatchSize}",
                ["ReadOut"] = $"{drawn.ReadOut}",
                ["InputScaling"] = $"{drawn.InputScaling}",
                ["Dropout"] = "0",
            };
            Assert.Equal(expected, plans[index].Settings);
        }

        Assert.NotEqual(plans[0].Settings["LearningRate"], plans[1].Settings["LearningRate"]);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(4, 20, null)]
    [InlineData(null, 6, 7)]
    [InlineData(null, null, 7)]
    public void The_network_of_a_step_is_trained_on_the_schedule_of_all_its_steps(int? seed, int? scheduleEpochs, int? strategysSteps)
    {
        var steps = strategysSteps ?? 3;
        var search = Search("x", new ScriptedSearch(SearchDecision.Train(2, steps)), SmallExperiments.Options(epochs: 6) with { Seed = seed, ScheduleEpochs = scheduleEpochs });
        var plan = All(Scheduler(Single("a"), search))[1];
        using var stop = new CancellationTokenSource();
        var estimator = (RnnClassifierEstimator)plan.Build(new MLContext(1), new TrialContext { TrialId = 2, Threads = 1, Seed = 5, Fold = 3, CancellationToken = stop.Token });
        var options = (RnnClassifierOptions)typeof(RnnClassifierEstimator).GetField("_options", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(estimator)!;

        Assert.Equal((null, null, (long?)steps), (options.Epochs, options.ScheduleEpochs, options.MaxSteps));
        // One minibatch is an epoch of the options.
        Assert.Equal(Math.Max(steps, scheduleEpochs ?? 6), options.ScheduleSteps);
        Assert.Equal(seed ?? Settings.Seed, options.Seed);
        Assert.Equal("Colour", options.LabelColumnName);
        Assert.Equal(Path.Combine("folder", "search-1-2-3.checkpoint"), options.CheckpointPath);
        Assert.Equal(stop.Token, options.CancellationToken);
    }

    private static TrialScheduler Scheduler(params Candidate[] candidates) => new(candidates, Settings, Data, "folder");

    private static Candidate Single(string name) => new(name, (context, _) => ScriptedRow.Model(context), null);

    private static Candidate Search(string name, ISearchStrategy strategy, RnnClassifierOptions? options = null) =>
        new(name, null, new SearchDefinition(SmallExperiments.Space, options ?? SmallExperiments.Options(epochs: 9), strategy));

    private static List<TrialPlan> All(TrialScheduler scheduler)
    {
        var plans = new List<TrialPlan>();
        while (scheduler.Next(CancellationToken.None) is { } plan)
        {
            plans.Add(plan);
        }

        return plans;
    }
}

namespace Rnn.MLNet.Tests.Experiments.Search;

public sealed class SearchTests
{
    [Fact]
    public void Halving_promotes_the_best_third_from_wave_to_wave()
    {
        var strategy = new SuccessiveHalving { MinSteps = 1, Wave = 1, MaxConfigurations = 9 };
        var steps = Run(strategy, maxSteps: 9, loss: configuration => configuration switch { 4 => 0.1, 1 => 0.2, 7 => 0.3, _ => 1 + configuration });

        // Three have run: the best of them, 1, is promoted. Then 4 overtakes it, and after 6 also 7; of those three 4 is trained to the end.
        Assert.Equal(
            ["0@1", "1@1", "2@1", "1@3", "3@1", "4@1", "4@3", "5@1", "6@1", "7@1", "8@1", "7@3", "4@9"],
            steps.Select(step => $"{step.Configuration}@{step.Steps}"));
    }

    [Fact]
    public void A_failed_step_is_never_promoted()
    {
        var steps = Run(new SuccessiveHalving { MinSteps = 1, Wave = 1, MaxConfigurations = 6 }, maxSteps: 3, loss: _ => double.PositiveInfinity);
        Assert.Equal(6, steps.Count);
    }

    [Fact]
    public void A_wave_waits_for_the_one_before_it()
    {
        var strategy = new SuccessiveHalving { MinSteps = 1, Wave = 2 };
        SearchStep[] running = [new(0, 1, 0.5), new(1, 1, null)];
        Assert.Equal(SearchDecision.Wait, strategy.Next(running, 3));
        Assert.Equal(SearchDecision.Train(1, 1), strategy.Next(running[..1], 3));
    }

    [Fact]
    public void A_promoted_configuration_is_resumed_from_its_own_weights()
    {
        // Ten minibatches are an epoch.
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 5 })
            .AddSearch("search", SmallExperiments.Space with { BatchSize = [30] }, SmallExperiments.Options() with { Epochs = 3, BatchSize = 30 }, new SuccessiveHalving { MinSteps = 10, Wave = 1 })
            .Execute(Bar.View(300), Bar.View(100, seed: 2));

        var promoted = result.RunDetails.Single(run => run.Steps == 30);
        var before = result.RunDetails.Single(run => run.Configuration == promoted.Configuration && run.Steps == 10);
        Assert.Equal(3, promoted.LearningCurve.Count);
        Assert.Equal(before.LearningCurve.Single(), promoted.LearningCurve[0]);
        Assert.True(promoted.TrainingTimeInSeconds > before.TrainingTimeInSeconds);
        Assert.Equal(before.Settings.Where(setting => setting.Key != "Steps"), promoted.Settings.Where(setting => setting.Key != "Steps"));
    }

    [Theory]
    [InlineData(new[] { 7, 14, 28 }, false)]
    [InlineData(new[] { 5, 28 }, false)]
    [InlineData(new[] { 1, 3, 10, 13 }, false)]
    [InlineData(new[] { 9, 17 }, true)]
    public void A_promoted_configuration_ends_as_if_it_had_never_stopped(int[] rungs, bool folds)
    {
        // Seven minibatches are an epoch; full training has 28 steps, over which the learning rate rises and falls.
        var space = SmallExperiments.Space with { BatchSize = [32], Dropout = (0.25, 0.25), InputScaling = [InputScaling.Standardize] };
        RnnRunDetail Last(params int[] steps)
        {
            var search = SmallExperiments.Create().AddSearch("search", space, SmallExperiments.Options(epochs: 4), new Steps(steps));
            var result = folds ? search.Execute(Bar.View(300), numberOfCVFolds: 3) : search.Execute(Bar.View(200), Bar.View(50, seed: 2));
            Assert.All(result.RunDetails, run => Assert.Null(run.Exception));
            return result.RunDetails[^1];
        }

        var (stopped, straight) = (Last(rungs), Last(rungs[^1]));
        Assert.Equal(rungs[^1], straight.Steps);
        Assert.Equal(straight.ValidationMetrics!.LogLoss, stopped.ValidationMetrics!.LogLoss);
        Assert.Equal(straight.LearningCurve, stopped.LearningCurve);
    }

    [Fact]
    public void Everything_drawn_lies_in_its_range()
    {
        var runs = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 12 })
            .AddSearch("search", SmallExperiments.Space with { Dropout = (0.1, 0.4) }, SmallExperiments.Options() with { MaxSteps = 1 }, new RandomSearch())
            .Execute(Bar.View(60), Bar.View(20, seed: 2)).RunDetails;

        double Setting(RnnRunDetail run, string name) => double.Parse(run.Settings[name], System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(runs, run =>
        {
            Assert.InRange(Setting(run, "Units"), 4, 12);
            Assert.InRange(Setting(run, "Layers"), 1, 2);
            Assert.InRange(Setting(run, "LearningRate"), 1e-3, 5e-2);
            Assert.InRange(Setting(run, "Dropout"), 0.1, 0.4);
            Assert.Contains(run.Settings["BatchSize"], (string[])["16", "32"]);
            Assert.Null(run.Exception);
        });
        Assert.Equal(["BasicLstmCell", "GruCell"], runs.Select(run => run.Settings["Cell"]).Distinct().Order());
        Assert.Equal(["no", "yes"], runs.Select(run => run.Settings["Bidirectional"]).Distinct().Order());
        Assert.Equal(["FinalState", "MeanPool"], runs.Select(run => run.Settings["ReadOut"]).Distinct().Order());
        Assert.Equal(["Auto", "Standardize"], runs.Select(run => run.Settings["InputScaling"]).Distinct().Order());
        Assert.True(runs.Select(run => run.Settings["LearningRate"]).Distinct().Count() > 8);
    }

    [Fact]
    public void A_strategy_of_the_users_own_decides()
    {
        var result = SmallExperiments.Create()
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(epochs: 2), new Zigzag())
            .Execute(Bar.View(60), Bar.View(20, seed: 2));

        Assert.Equal([(0, 1), (7, 1), (0, 4)], result.RunDetails.Select(run => (run.Configuration!.Value, run.Steps!.Value)));
        Assert.Equal(ExperimentEnd.NothingLeft, result.EndedBy);
    }

    private static List<SearchStep> Run(ISearchStrategy strategy, int maxSteps, Func<int, double> loss)
    {
        var steps = new List<SearchStep>();
        while (strategy.Next(steps, maxSteps) is var decision && decision != SearchDecision.Done)
        {
            steps.Add(new SearchStep(decision.Configuration, decision.Steps, loss(decision.Configuration)));
        }

        return steps;
    }

    /// <summary>Trains the first configuration up to each of some numbers of steps.</summary>
    private sealed class Steps(params int[] steps) : ISearchStrategy
    {
        public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps) =>
            history.Count < steps.Length ? SearchDecision.Train(0, steps[history.Count]) : SearchDecision.Done;
    }

    private sealed class Zigzag : ISearchStrategy
    {
        public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps) => history.Count switch
        {
            0 => SearchDecision.Train(0, 1),
            1 => SearchDecision.Train(7, 1),
            2 => SearchDecision.Train(0, maxSteps),
            _ => SearchDecision.Done,
        };
    }
}

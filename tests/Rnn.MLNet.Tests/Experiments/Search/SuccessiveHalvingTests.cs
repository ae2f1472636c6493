using CsCheck;

namespace Rnn.MLNet.Tests.Experiments.Search;

/// <summary>What the searches give out, against sequences worked out by hand, and the laws of successive halving.</summary>
public sealed class SuccessiveHalvingTests
{
    [Fact]
    public void A_random_search_trains_one_configuration_after_another_to_the_end()
    {
        Assert.Equal(["0@7", "1@7", "2@7"], Steps(new RandomSearch { MaxConfigurations = 3 }, 7, _ => 1));
        Assert.Equal(["0@7"], Steps(new RandomSearch { MaxConfigurations = 1 }, 7, _ => 1));
        Assert.Equal(50, Steps(new RandomSearch(), 1, _ => 1, most: 50).Length);
        Assert.Throws<ArgumentOutOfRangeException>("MaxConfigurations", () => new RandomSearch { MaxConfigurations = 0 }.Next([], 1));
        Assert.Throws<ArgumentNullException>(() => new RandomSearch().Next(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>("maxSteps", () => new RandomSearch().Next([], 0));
    }

    [Fact]
    public void By_default_a_third_of_waves_of_four_is_promoted_from_a_hundred_steps()
    {
        var strategy = new SuccessiveHalving();
        Assert.Equal((100, 3, 4, null), (strategy.MinSteps, strategy.Reduction, strategy.Wave, strategy.MaxConfigurations));
        // The first four see nothing, the next four the losses of four: of them one is promoted. Of the seven that the third wave sees two are.
        Assert.Equal(
            [
                "0@111", "1@111", "2@111", "3@111", "0@333", "4@111", "5@111", "6@111", "1@333", "7@111",
                "8@111", "9@111", "2@333", "10@111", "11@111", "12@111", "0@1000", "3@333", "13@111", "14@111",
            ],
            Steps(strategy, 1000, configuration => configuration, most: 20));
    }

    [Fact]
    public void Of_equal_configurations_the_first_is_promoted() =>
        Assert.Equal(["0@1", "1@1", "2@1", "0@3", "3@1", "4@1", "5@1", "1@3"], Steps(new SuccessiveHalving { MinSteps = 1, Wave = 1, MaxConfigurations = 6 }, 3, _ => 0.5));

    [Fact]
    public void The_highest_rung_is_promoted_from_first()
    {
        // After four two have the steps of the second rung: the better of them is promoted before another one begins.
        Assert.Equal(
            ["0@1", "1@1", "0@2", "2@1", "3@1", "1@2", "0@4", "4@1", "5@1", "2@2"],
            Steps(new SuccessiveHalving { MinSteps = 1, Wave = 1, Reduction = 2, MaxConfigurations = 6 }, 4, configuration => configuration));
    }

    [Theory]
    [InlineData(1, 3, 9, new[] { 1, 3, 9 })]
    [InlineData(1, 3, 10, new[] { 1, 3, 10 })]
    [InlineData(2, 2, 7, new[] { 3, 7 })]
    [InlineData(100, 3, 1000, new[] { 111, 333, 1000 })]
    [InlineData(100, 3, 300, new[] { 100, 300 })]
    [InlineData(100, 3, 299, new[] { 299 })]
    [InlineData(5, 2, 5, new[] { 5 })]
    [InlineData(6, 2, 5, new[] { 5 })]
    [InlineData(1, 2, 1, new[] { 1 })]
    [InlineData(int.MaxValue, 3, 7, new[] { 7 })]
    [InlineData(700_000_000, 3, int.MaxValue, new[] { 715_827_882, int.MaxValue })]
    public void The_rungs_are_full_training_divided_by_the_reduction(int minSteps, int reduction, int maxSteps, int[] rungs)
    {
        var strategy = new SuccessiveHalving { Wave = 1, MinSteps = minSteps, Reduction = reduction, MaxConfigurations = 81 };
        var steps = Steps(strategy, maxSteps, configuration => configuration);
        Assert.Equal(rungs, steps.Select(step => int.Parse(step.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order());
        Assert.Equal(rungs[0] == maxSteps ? 81 : 0, steps.TakeWhile(step => step.EndsWith($"@{maxSteps}", StringComparison.Ordinal)).Count());
    }

    [Fact]
    public void Each_rung_has_the_reduction_times_the_steps_of_the_one_below() =>
        Gen.Select(Gen.Int[1, 2000], Gen.Int[2, 6], Gen.OneOf(Gen.Int[1, 5000], Gen.Int[1, int.MaxValue])).Sample(
            (minSteps, reduction, maxSteps) =>
            {
                var rungs = Rungs(new SuccessiveHalving { Wave = 1, MinSteps = minSteps, Reduction = reduction }, maxSteps);
                return rungs[^1] == maxSteps
                    && (rungs.Count == 1 || rungs[0] >= minSteps)
                    && rungs[0] / reduction < minSteps
                    && rungs.Zip(rungs.Skip(1)).All(pair => pair.Second > pair.First && Math.Abs(pair.Second - ((long)reduction * pair.First)) < reduction);
            },
            iter: 300, threads: 1, seed: "0000KqkqPRn3");

    [Fact]
    public void Rungs_from_one_step_to_the_most_that_there_can_be()
    {
        var rungs = Rungs(new SuccessiveHalving { Wave = 1, MinSteps = 1, Reduction = 2 }, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, 31).Select(bits => (int)((1L << bits) - 1)), rungs);
        Assert.Equal(SearchDecision.Train(0, 1), new SuccessiveHalving { MinSteps = 1, Reduction = int.MaxValue }.Next([], int.MaxValue));
        Assert.Equal(SearchDecision.Train(0, int.MaxValue), new SuccessiveHalving { MinSteps = 2, Reduction = int.MaxValue }.Next([], int.MaxValue));
    }

    [Fact]
    public void A_failed_configuration_makes_place_for_none()
    {
        // One of three is promoted; the best that is left has failed.
        Assert.Equal(["0@1", "1@1", "2@1", "1@3"], Steps(new SuccessiveHalving { MinSteps = 1, Wave = 1, MaxConfigurations = 3 }, 3, configuration => configuration == 1 ? 1 : double.PositiveInfinity));
        Assert.Equal(["0@1", "1@1", "2@1"], Steps(new SuccessiveHalving { MinSteps = 1, Wave = 1, MaxConfigurations = 3 }, 3, _ => double.PositiveInfinity));
    }

    [Fact]
    public void At_the_end_it_waits_for_what_runs_and_promotes_what_is_due()
    {
        var strategy = new SuccessiveHalving { MinSteps = 1, Wave = 4, MaxConfigurations = 3 };
        SearchStep[] running = [new(0, 1, 0.5), new(1, 1, null), new(2, 1, 0.25)];
        Assert.Equal(SearchDecision.Wait, strategy.Next(running, 3));
        Assert.Equal(SearchDecision.Train(2, 3), strategy.Next([running[0], running[1] with { Loss = 0.75 }, running[2]], 3));
        Assert.Equal(SearchDecision.Done, strategy.Next([running[0], running[1] with { Loss = 0.75 }, running[2], new(2, 3, 0.1)], 3));
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        void Refused(string name, SuccessiveHalving strategy) => Assert.Throws<ArgumentOutOfRangeException>(name, () => strategy.Next([], 3));
        Refused("MinSteps", new SuccessiveHalving { MinSteps = 0 });
        Refused("Reduction", new SuccessiveHalving { Reduction = 1 });
        Refused("Wave", new SuccessiveHalving { Wave = 0 });
        Refused("MaxConfigurations", new SuccessiveHalving { MaxConfigurations = 0 });
        Assert.Throws<ArgumentNullException>(() => new SuccessiveHalving().Next(null!, 3));
        Assert.Throws<ArgumentOutOfRangeException>("maxSteps", () => new SuccessiveHalving().Next([], 0));
        Assert.Equal(SearchDecision.Train(0, 1), new SuccessiveHalving { MinSteps = 1, Reduction = 2, Wave = 1, MaxConfigurations = 1 }.Next([], 3));
        Assert.Equal((-1, 0), (SearchDecision.Wait.Configuration, SearchDecision.Wait.Steps));
        Assert.Equal((-2, 0), (SearchDecision.Done.Configuration, SearchDecision.Done.Steps));
        Assert.Throws<ArgumentOutOfRangeException>(() => SearchDecision.Train(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SearchDecision.Train(0, 0));
        Assert.NotEqual(SearchDecision.Wait, SearchDecision.Done);
    }

    [Fact]
    public void The_steps_do_not_depend_on_how_many_run_side_by_side_nor_on_which_ends_first() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[2, 3], Gen.Int[1, 12], Gen.Int[1, 9], Gen.Double[0, 1].Array[12], Gen.Int[1, 5], Gen.Int).Sample(
            (wave, reduction, most, maxSteps, losses, sideBySide, seed) =>
            {
                var strategy = new SuccessiveHalving { MinSteps = 1, Wave = wave, Reduction = reduction, MaxConfigurations = most };
                double Loss(SearchStep step) => losses[step.Configuration] / step.Steps;
                return SideBySide(strategy, maxSteps, Loss, 1, 0).SequenceEqual(SideBySide(strategy, maxSteps, Loss, sideBySide, seed));
            },
            iter: 300, threads: 1, seed: "0000KqkqPRn3");

    /// <summary>The steps of all rungs, lowest first, from what is decided when as many configurations as one promotion needs have ended on a rung.</summary>
    private static List<int> Rungs(SuccessiveHalving strategy, int maxSteps)
    {
        var rungs = new List<int> { strategy.Next([], maxSteps).Steps };
        while (strategy.Next([.. Enumerable.Range(0, strategy.Reduction).Select(configuration => new SearchStep(configuration, rungs[^1], 0.5))], maxSteps) is { Configuration: 0 } promotion)
        {
            rungs.Add(promotion.Steps);
        }

        return rungs;
    }

    private static List<(int Configuration, int Steps)> SideBySide(SuccessiveHalving strategy, int maxSteps, Func<SearchStep, double> loss, int sideBySide, int seed)
    {
        var random = new Random(seed);
        var steps = new List<SearchStep>();
        while (true)
        {
            var running = Enumerable.Range(0, steps.Count).Where(index => steps[index].Loss is null).ToArray();
            var decision = running.Length < sideBySide ? strategy.Next(steps, maxSteps) : SearchDecision.Wait;
            if (decision == SearchDecision.Done && running.Length == 0)
            {
                return [.. steps.Select(step => (step.Configuration, step.Steps))];
            }

            if (decision != SearchDecision.Wait && decision != SearchDecision.Done)
            {
                steps.Add(new SearchStep(decision.Configuration, decision.Steps, null));
                continue;
            }

            var ended = running[random.Next(running.Length)];
            steps[ended] = steps[ended] with { Loss = loss(steps[ended]) };
        }
    }

    private static string[] Steps(ISearchStrategy strategy, int maxSteps, Func<int, double> loss, int most = 1000)
    {
        var steps = new List<SearchStep>();
        while (steps.Count < most && strategy.Next(steps, maxSteps) is var decision && decision != SearchDecision.Done)
        {
            steps.Add(new SearchStep(decision.Configuration, decision.Steps, loss(decision.Configuration)));
        }

        return [.. steps.Select(step => $"{step.Configuration}@{step.Steps}")];
    }
}

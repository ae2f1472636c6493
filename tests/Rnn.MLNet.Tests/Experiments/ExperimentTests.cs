namespace Rnn.MLNet.Tests.Experiments;

public sealed class ExperimentTests
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);

    [Fact]
    public void Networks_and_trainers_of_MLNet_share_one_leaderboard()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 6 })
            .Add("GRU", context => context.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 20)))
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(epochs: 3), SmallExperiments.Halving)
            .Execute(Train, Validation);

        Assert.Equal(["GRU", "Naive Bayes", "search", "search", "search", "search"], result.RunDetails.Select(run => run.TrainerName));
        Assert.Equal([1, 2, 3, 4, 5, 6], result.RunDetails.Select(run => run.TrialId));
        Assert.All(result.RunDetails, run =>
        {
            Assert.Null(run.Exception);
            Assert.Equal(1 - run.ValidationMetrics!.MicroAccuracy, run.Loss);
            Assert.Equal(["bottom", "middle", "top"], run.ValidationMetrics.Classes.Order());
            Assert.Equal(100, run.ValidationMetrics.ConfusionMatrix.Sum(row => row.Sum()));
            Assert.True(run.MicrosecondsPerRow > 0 && run.ModelSizeInBytes > 0 && run.PeakMemory > 10_000_000 && run.RuntimeInSeconds > 0);
        });
        Assert.Equal("GRU", result.BestRun!.TrainerName);
        Assert.Equal(20, result.BestRun.LearningCurve.Count);
        Assert.Equal(result.RunDetails.Min(run => run.Loss), result.BestRun.Loss);
        Assert.Equal(ExperimentEnd.MaxTrials, result.EndedBy);
    }

    [Fact]
    public void The_best_model_scores_raw_rows_and_survives_saving()
    {
        var context = new MLContext(1);
        var path = Path.GetTempFileName();
        var result = SmallExperiments.Create().Add("GRU", SmallExperiments.Network).Execute(Train, Validation);
        context.Model.Save(result.BestRun!.Model, Train.Schema, path);
        var reloaded = context.Model.Load(path, out _);
        File.Delete(path);

        var before = context.MulticlassClassification.Evaluate(result.BestRun.Model!.Transform(Validation)).MicroAccuracy;
        Assert.Equal(result.BestRun.ValidationMetrics!.MicroAccuracy, before);
        Assert.Equal(before, context.MulticlassClassification.Evaluate(reloaded.Transform(Validation)).MicroAccuracy);
    }

    [Fact]
    public void The_same_seed_gives_the_same_trials()
    {
        string[] Run(int seed) => [.. SmallExperiments.Create(SmallExperiments.Settings with { Seed = seed, MaxTrials = 7 })
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(epochs: 3), SmallExperiments.Halving)
            .Add("GRU", SmallExperiments.Network)
            .Execute(Train).RunDetails.Select(run => $"{run.TrainerName} {string.Join(' ', run.Settings.Values)} {run.ValidationMetrics!.LogLoss:R}")];

        var first = Run(seed: 1);
        Assert.Equal(first, Run(seed: 1));
        Assert.NotEqual(first, Run(seed: 2));
    }

    [Fact]
    public void Results_do_not_depend_on_how_many_trials_run_side_by_side()
    {
        string[] Run(int concurrent) => [.. SmallExperiments.Create(SmallExperiments.Settings with { MaxConcurrentTrials = concurrent, MaxTrials = 12 })
            .Add("GRU", SmallExperiments.Network)
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(epochs: 3), SmallExperiments.Halving)
            .Execute(Train, Validation).RunDetails.Select(run => $"{run.TrialId} {run.TrainerName} {string.Join(' ', run.Settings.Values)} {run.ValidationMetrics!.LogLoss:R}")];

        var oneByOne = Run(1);
        Assert.Contains(oneByOne, run => run.Contains(" 30 ", StringComparison.Ordinal));
        Assert.Equal(oneByOne, Run(3));
    }

    [Fact]
    public void The_threads_are_divided()
    {
        var seen = new List<int>();
        SmallExperiments.Create(SmallExperiments.Settings with { Threads = 8, MaxConcurrentTrials = 4 })
            .Add("Naive Bayes", (context, trial) => new StubEstimator(SmallExperiments.Bayes(context), _ => seen.AddRange([trial.Threads, RnnThreads.Default])))
            .Execute(Train, Validation);

        Assert.Equal([2, 2], seen);
    }

    [Fact]
    public void Every_candidate_has_a_turn_before_any_has_a_second()
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 8 })
            .AddSearch("first", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch())
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .AddSearch("second", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch { MaxConfigurations = 2 })
            .Execute(Train, Validation);

        Assert.Equal(["first", "Naive Bayes", "second", "first", "second", "first", "first", "first"], result.RunDetails.Select(run => run.TrainerName));
    }

    [Fact]
    public void Cross_validation_averages_the_folds_and_keeps_one_model()
    {
        int disposed = 0;
        var result = SmallExperiments.Create()
            .Add("linear", context => new StubEstimator(SmallExperiments.Linear(context), onDispose: () => disposed++))
            .Execute(Train, numberOfCVFolds: 3);

        Assert.Equal(300, result.BestRun!.ValidationMetrics!.ConfusionMatrix.Sum(row => row.Sum()));
        Assert.Equal(2, disposed);
        Assert.NotNull(result.BestRun.Model);
    }

    [Fact]
    public void Preprocessing_is_fitted_once_and_is_part_of_the_model()
    {
        int fits = 0;
        var context = new MLContext(1);
        var prefix = new StubEstimator(context.Transforms.NormalizeMinMax("Features"), _ => fits++);
        var result = SmallExperiments.Create().Add("Naive Bayes", SmallExperiments.Bayes).Add("GRU", SmallExperiments.Network).Add("linear", SmallExperiments.Linear)
            .Execute(Train, Validation, preFeaturizer: prefix);

        Assert.Equal(1, fits);
        var accuracy = context.MulticlassClassification.Evaluate(result.BestRun!.Model!.Transform(Validation)).MicroAccuracy;
        Assert.Equal(result.BestRun.ValidationMetrics!.MicroAccuracy, accuracy);
    }

    [Theory]
    [InlineData(MulticlassClassificationMetric.LogLoss)]
    [InlineData(MulticlassClassificationMetric.MacroAccuracy)]
    [InlineData(MulticlassClassificationMetric.LogLossReduction)]
    [InlineData(MulticlassClassificationMetric.TopKAccuracy)]
    public void The_metric_decides_which_is_best(MulticlassClassificationMetric metric)
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { OptimizingMetric = metric, TopK = 2 })
            .Add("GRU", SmallExperiments.Network).Add("Naive Bayes", SmallExperiments.Bayes).Add("linear", SmallExperiments.Linear).Execute(Train, Validation);

        double Value(ExperimentMetrics metrics) => metric switch
        {
            MulticlassClassificationMetric.LogLoss => -metrics.LogLoss,
            MulticlassClassificationMetric.MacroAccuracy => metrics.MacroAccuracy,
            MulticlassClassificationMetric.LogLossReduction => metrics.LogLossReduction,
            _ => metrics.TopKAccuracy,
        };
        Assert.Equal(result.Leaderboard.Max(run => Value(run.ValidationMetrics!)), Value(result.BestRun!.ValidationMetrics!));
    }

    [Fact]
    public void Json_and_csv_say_the_same()
    {
        var (json, csv) = (Path.GetTempFileName(), Path.GetTempFileName());
        var result = SmallExperiments.Create()
            .Add("a, \"quoted\" name", SmallExperiments.Linear)
            .Add("bad", _ => throw new InvalidOperationException("no such thing"))
            .Execute(Train, Validation);
        result.SaveJson(json);
        result.SaveCsv(csv);
        var root = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
        var lines = File.ReadAllLines(csv);
        File.Delete(json);
        File.Delete(csv);

        Assert.Equal("a, \"quoted\" name", root.GetProperty("bestRun").GetProperty("trainerName").GetString());
        var good = root.GetProperty("runDetails")[0];
        foreach (var name in new[] { "loss", "microAccuracy", "macroAccuracy", "logLoss", "runtimeInSeconds", "microsecondsPerRow", "modelSizeInBytes", "peakMemoryInMegaBytes" })
        {
            Assert.Equal(JsonValueKind.Number, good.GetProperty(name).ValueKind);
        }

        Assert.Equal(JsonValueKind.Null, good.GetProperty("exception").ValueKind);
        Assert.Equal("InvalidOperationException: no such thing", root.GetProperty("runDetails")[1].GetProperty("exception").GetString());
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("1,\"a, \"\"quoted\"\" name\",", lines[1]);
        Assert.EndsWith(",InvalidOperationException: no such thing", lines[2]);
    }
}

namespace Rnn.MLNet.Tests.Experiments.Journal;

/// <summary>A trial's line in the journal and its model are its own, whatever candidates are called and in whatever order trials come.</summary>
public sealed class TrialIdentityTests : IDisposable
{
    private static readonly IDataView Train = Bar.View(200), Validation = Bar.View(80, seed: 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("trial-files-").FullName;

    private RnnExperimentSettings Settings => SmallExperiments.Settings with { WorkingDirectory = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Candidates_of_any_name_are_distinguished()
    {
        string[] names = ["search#0@1", "0-0-1", "../up", "two\nlines", "\"quoted\", 'twice'", "नमस्ते 😀", "half a pair \uD800", new string('x', 3000)];
        RnnExperiment Experiment()
        {
            var experiment = SmallExperiments.Create(Settings);
            Array.ForEach(names, name => experiment.Add(name, SmallExperiments.Bayes));
            return experiment.AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch { MaxConfigurations = 1 });
        }

        Experiment().Execute(Train, Validation);
        var again = Experiment().Execute(Train, Validation);

        Assert.Equal(names.Length + 1, again.FromJournal);
        Assert.Equal(again.FromJournal, Experiment().Execute(Train, Validation).FromJournal);
    }

    [Fact]
    public void The_best_model_is_that_of_its_trial_also_when_trials_are_numbered_otherwise()
    {
        // A strategy that failed ended its search; when the experiment is resumed it does not fail, and later trials move.
        var fails = true;
        RnnExperiment Experiment() => SmallExperiments.Create(Settings with { MaxTrials = fails ? 6 : 9 })
            .AddSearch("first", SmallExperiments.Space, SmallExperiments.Options(), new Steps(count => count == 1 && fails ? throw new IOException("no line") : count < 4 ? (count, 1) : null))
            .AddSearch("second", SmallExperiments.Space with { Units = (12, 12), LearningRate = (0.02, 0.02) }, SmallExperiments.Options(epochs: 30),
                new Steps(count => count < 3 ? (count, count == 2 ? 210 : 1) : null));
        var before = Experiment().Execute(Train, Validation).BestRun!;
        Assert.Equal(("second", 210), (before.TrainerName, before.Steps));
        fails = false;
        var after = Experiment().Execute(Train, Validation).BestRun!;

        Assert.Equal(before.ValidationMetrics!.MicroAccuracy, after.ValidationMetrics!.MicroAccuracy);
        Assert.NotEqual(before.TrialId, after.TrialId);
        var metrics = new MLContext().MulticlassClassification.Evaluate(after.Model!.Transform(Validation));
        Assert.Equal(after.ValidationMetrics.MicroAccuracy, metrics.MicroAccuracy);
    }

    [Fact]
    public void Finished_trials_count_also_when_fewer_are_asked_for()
    {
        RnnExperiment Experiment(int trials) => SmallExperiments.Create(Settings with { MaxTrials = trials }).Add("bad", SmallExperiments.Bayes).Add("good", SmallExperiments.Linear);
        var before = Experiment(2).Execute(Train, Validation);
        Assert.Equal("good", before.BestRun!.TrainerName);
        var after = Experiment(1).Execute(Train, Validation);

        Assert.Equal(2, after.FromJournal);
        Assert.Equal("good", after.BestRun!.TrainerName);
        Assert.NotNull(after.BestRun.Model);
        Assert.Equal(ExperimentEnd.MaxTrials, after.EndedBy);
    }

    [Fact]
    public void A_model_that_several_folds_share_is_not_freed_with_one_of_them()
    {
        var freed = 0;
        ITransformer? model = null;
        var result = SmallExperiments.Create().Add("shared", context => new StubEstimator(
            SmallExperiments.Linear(context), fitted: own => model ??= own, onDispose: () => freed++)).Execute(Train, numberOfCVFolds: 3);

        Assert.NotNull(result.BestRun);
        Assert.Equal(0, freed);
    }

    [Fact]
    public void A_model_that_several_trials_give_is_not_freed_with_a_loser()
    {
        var freed = 0;
        ITransformer? model = null;
        StubEstimator Shared(MLContext context) => new(SmallExperiments.Linear(context), fitted: own => model ??= own, onDispose: () => freed++);
        var result = SmallExperiments.Create().Add("first", Shared).Add("second", Shared).Add("third", Shared).Execute(Train);

        Assert.NotNull(result.BestRun);
        Assert.Equal(0, freed);
    }

    private sealed class Steps(Func<int, (int Configuration, int Steps)?> next) : ISearchStrategy
    {
        public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps) =>
            next(history.Count) is { } step ? SearchDecision.Train(step.Configuration, step.Steps) : SearchDecision.Done;
    }
}

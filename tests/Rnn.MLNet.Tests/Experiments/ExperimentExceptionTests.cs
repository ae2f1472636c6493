namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Whatever ends an experiment, its trials end with it.</summary>
public sealed class ExperimentExceptionTests
{
    private static readonly IDataView Train = Bar.View(60), Validation = Bar.View(20, seed: 2);

    [Fact]
    public void A_listener_that_throws_gets_its_exception_after_the_trials_have_ended()
    {
        using var running = new ManualResetEventSlim();
        var network = new EndOfFit(SmallExperiments.EndlessNetwork, running.Set);
        var listener = new Throwing(() => running.IsSet);

        var error = Assert.Throws<InvalidOperationException>(() => SmallExperiments.Create().Add("endless", network.Build).Execute(Train, Validation, progressHandler: listener));

        Assert.Equal("the listener broke", error.Message);
        Assert.IsType<OperationCanceledException>(network.Error, exactMatch: false);
    }

    [Fact]
    public void The_best_model_so_far_is_freed()
    {
        var disposed = 0;
        var listener = new Throwing(progress => progress.Completed == 1);
        Assert.Throws<InvalidOperationException>(() => SmallExperiments.Create()
            .Add("Naive Bayes", context => new StubEstimator(SmallExperiments.Bayes(context), onDispose: () => disposed++))
            .Execute(Train, Validation, progressHandler: listener));

        Assert.Equal(1, disposed);
    }

    [Fact]
    public void A_journal_that_cannot_be_written_ends_the_experiment_and_its_trials()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("full-").FullName;
        var settings = SmallExperiments.Settings with { WorkingDirectory = folder, MaxConcurrentTrials = 2 };
        using var running = new ManualResetEventSlim();
        var disposed = 0;
        RnnExperiment Experiment(EndOfFit network) => SmallExperiments.Create(settings)
            .Add("Naive Bayes", context => new StubEstimator(SmallExperiments.Bayes(context), _ => running.Wait(Hang.Limit), () => disposed++))
            .Add("endless", network.Build);
        SmallExperiments.Create(settings with { MaxConcurrentTrials = 1, MaxTrials = 1 })
            .Add("Naive Bayes", SmallExperiments.Bayes).Add("endless", SmallExperiments.EndlessNetwork).Execute(Train, Validation);
        var journal = Directory.GetFiles(folder, "journal.jsonl", SearchOption.AllDirectories).Single();
        File.Delete(journal);
        File.CreateSymbolicLink(journal, "/dev/full");
        var network = new EndOfFit(SmallExperiments.EndlessNetwork, running.Set);
        var error = Assert.Throws<IOException>(() => Experiment(network).Execute(Train, Validation));
        Directory.Delete(folder, recursive: true);

        Assert.Contains("journal.jsonl", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, disposed);
        Assert.IsType<OperationCanceledException>(network.Error, exactMatch: false);
    }

    [Theory]
    [InlineData("throws", "it broke")]
    [InlineData("waits for ever", "decided to wait although none of its steps is running")]
    [InlineData("repeats itself", "repeated configuration 0 up to step 1")]
    [InlineData("gives nothing", "returned null")]
    public void A_strategy_that_fails_ends_its_search_with_a_reason_and_keeps_the_rest(string how, string reason)
    {
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 20 })
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(), new Failing(how))
            .AddSearch("other", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch { MaxConfigurations = 2 })
            .Execute(Train, Validation);

        var failed = Assert.Single(result.RunDetails, run => run.Exception is not null);
        Assert.Equal("search", failed.TrainerName);
        Assert.Contains(reason, failed.Exception!.Message, StringComparison.Ordinal);
        Assert.Contains("strategy Failing of the search 'search'", failed.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["search", "other", "search", "other"], result.RunDetails.Select(run => run.TrainerName));
        Assert.NotNull(result.RunDetails[0].Loss);
        Assert.NotNull(result.BestRun!.Model);
        Assert.Equal(ExperimentEnd.NothingLeft, result.EndedBy);
    }

    [Fact]
    public void A_callback_of_a_candidates_own_may_throw()
    {
        using var canceled = new ManualResetEventSlim();
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrialTimeInSeconds = 0.5 })
            .Add("endless", (context, trial) =>
            {
                trial.CancellationToken.Register(() =>
                {
                    canceled.Set();
                    throw new InvalidOperationException("the callback broke");
                });
                return SmallExperiments.EndlessNetwork(context);
            })
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .Execute(Train, Validation);

        Assert.True(canceled.Wait(Hang.Limit));
        Assert.Equal(["endless", "Naive Bayes"], result.RunDetails.Select(run => run.TrainerName));
    }

    [Fact]
    public void A_model_that_cannot_be_disposed_harms_nobody()
    {
        var result = SmallExperiments.Create()
            .Add("first", context => new StubEstimator(SmallExperiments.Bayes(context), onDispose: () => throw new InvalidOperationException("it broke")))
            .Add("second", context => new StubEstimator(SmallExperiments.Bayes(context), onDispose: () => throw new InvalidOperationException("it broke")))
            .Execute(Train, Validation);

        Assert.Equal(2, result.Leaderboard.Count());
    }

    private sealed class EndOfFit(Func<MLContext, IEstimator<ITransformer>> inner, Action begin)
    {
        public Exception? Error { get; private set; }

        public IEstimator<ITransformer> Build(MLContext context) => new Estimator(inner(context), this, begin);

        private sealed class Estimator(IEstimator<ITransformer> inner, EndOfFit owner, Action begin) : IEstimator<ITransformer>
        {
            public ITransformer Fit(IDataView input)
            {
                begin();
                try
                {
                    return inner.Fit(input);
                }
                catch (Exception exception)
                {
                    owner.Error = exception;
                    throw;
                }
            }

            public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
        }
    }

    private sealed class Throwing(Func<ExperimentProgress, bool> when) : IProgress<ExperimentProgress>
    {
        public Throwing(Func<bool> when)
            : this(_ => when())
        {
        }

        public void Report(ExperimentProgress value)
        {
            if (when(value))
            {
                throw new InvalidOperationException("the listener broke");
            }
        }
    }

    private sealed class Failing(string how) : ISearchStrategy
    {
        public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps) => (history.Count, how) switch
        {
            (0, _) => SearchDecision.Train(0, 1),
            (_, "throws") => throw new InvalidOperationException("it broke"),
            (_, "waits for ever") => SearchDecision.Wait,
            (_, "repeats itself") => SearchDecision.Train(0, 1),
            _ => null!,
        };
    }
}

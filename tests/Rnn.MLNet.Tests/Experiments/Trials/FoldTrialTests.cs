namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>A trial with cross-validation: what each fold is given, and what of its model is kept.</summary>
public sealed class FoldTrialTests
{
    private static readonly IDataView Rows = ScriptedRow.View([.. Enumerable.Range(0, 30).Select(index => ScriptedRow.Of("abc"[index % 3].ToString(), 0.5f, 0.25f, 0.25f))]);

    [Fact]
    public void Each_fold_is_given_its_number_and_what_it_may_use()
    {
        List<TrialContext> trials = [];
        List<MLContext> contexts = [];
        SmallExperiments.Create(SmallExperiments.Settings with { Threads = 7, MaxConcurrentTrials = 2, Seed = 11 })
            .Add("broken", _ => throw new InvalidOperationException())
            .Add("scripted", (context, trial) =>
            {
                trials.Add(trial);
                contexts.Add(context);
                return ScriptedRow.Model(context);
            }).Execute(Rows, numberOfCVFolds: 3);

        Assert.Equal([0, 1, 2], trials.Select(trial => trial.Fold));
        Assert.All(trials, trial => Assert.Equal((2, 3, 11), (trial.TrialId, trial.Threads, trial.Seed)));
        Assert.Equal(3, contexts.Distinct().Count());
    }

    [Fact]
    public void A_fraction_is_fold_nought_and_a_thread_at_least_is_left()
    {
        var trials = new List<TrialContext>();
        SmallExperiments.Create(SmallExperiments.Settings with { Threads = 1, MaxConcurrentTrials = 2 }).Add("scripted", (context, trial) =>
        {
            trials.Add(trial);
            return ScriptedRow.Model(context);
        }).Execute(Rows);
        Assert.Equal((0, 1, 1), trials.Select(trial => (trial.Fold, trial.Threads, trial.TrialId)).Single());
    }

    [Fact]
    public void The_model_is_that_of_the_best_fold_and_the_times_are_those_of_all()
    {
        // The first model is right in four of ten rows, the second always, the third never.
        var models = new List<ITransformer>();
        var freed = new List<int>();
        var number = 0;
        var result = SmallExperiments.Create(SmallExperiments.Settings with { OptimizingMetric = MulticlassClassificationMetric.LogLoss }).Add("answers", context =>
        {
            var own = number++;
            return new StubEstimator(
                Answers(context, own switch { 0 => _ => 0, 1 => label => (int)label - 1, _ => label => (int)label % 3 }),
                _ => Thread.Sleep(own == 0 ? 0 : 150), () => freed.Add(own), fitted: model =>
                {
                    models.Add(model);
                    return model;
                });
        }).Execute(Rows, numberOfCVFolds: 3);

        var best = result.BestRun;
        Assert.True(best is not null, result.RunDetails[0].Reason);
        Assert.Equal((0.4 + 1 + 0) / 3, best.ValidationMetrics!.MicroAccuracy, 1e-12);
        Assert.Equal([0, 2], freed.Order());
        Assert.Same(models[1], Assert.IsType<TransformerChain<ITransformer>>(best.Model).Last());
        Assert.InRange(best.TrainingTimeInSeconds, 0.3, best.RuntimeInSeconds);
        Assert.Empty(best.LearningCurve);
    }

    [Fact]
    public void A_fold_that_fails_frees_the_models_of_those_before_it_and_its_own()
    {
        List<int> freed = [];
        var number = 0;
        var result = SmallExperiments.Create().Add("fails", context =>
        {
            var own = number++;
            return new StubEstimator(
                ScriptedRow.Model(context), onDispose: () => freed.Add(own),
                beforeTransform: rows => own == 2 ? throw new InvalidOperationException("it broke in the third") : rows);
        }).Execute(Rows, numberOfCVFolds: 4);
        Assert.Equal("InvalidOperationException: it broke in the third", result.RunDetails[0].Reason);
        Assert.Equal(3, number);
        Assert.Equal([0, 1, 2], freed.Order());
        Assert.NotNull(result.RunDetails[0].Estimator);
    }

    [Fact]
    public void The_fold_that_a_trial_was_at_is_named()
    {
        using var stop = new CancellationTokenSource();
        var result = SmallExperiments.Create().Add("cut short", (context, trial) => new StubEstimator(ScriptedRow.Model(context), _ =>
        {
            if (trial.Fold == 1)
            {
                stop.Cancel();
                trial.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
                trial.CancellationToken.ThrowIfCancellationRequested();
            }
        })).Execute(Rows, numberOfCVFolds: 3, cancellationToken: stop.Token);
        Assert.Equal("OperationCanceledException: The experiment ended before the trial, which was fitting (fold 2 of 3).", result.RunDetails[0].Reason);
    }

    [Fact]
    public void A_candidate_without_a_model_is_named()
    {
        var result = SmallExperiments.Create().Add("empty", context => new StubEstimator(ScriptedRow.Model(context), fitted: _ => null!)).Add("none", _ => null!).Execute(Rows);
        Assert.Equal("InvalidOperationException: The candidate 'empty' returned no model.", result.RunDetails[0].Reason);
        Assert.Equal("InvalidOperationException: The candidate 'none' returned no estimator.", result.RunDetails[1].Reason);
    }

    private static IEstimator<ITransformer> Answers(MLContext context, Func<uint, int> answer) =>
        context.Transforms.CustomMapping<Asked, Answered>(
            (row, given) =>
            {
                given.Score = [0.125f, 0.125f, 0.125f];
                given.Score[answer(row.Label)] = 0.75f;
            },
            null).Append(context.Transforms.CopyColumns("PredictedLabel", "Label"));

    private sealed class Asked
    {
        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class Answered
    {
        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }
}

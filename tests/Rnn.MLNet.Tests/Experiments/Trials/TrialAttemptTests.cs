namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>Trials that are cancelled or abandoned, wherever they are.</summary>
public sealed class TrialAttemptTests : IDisposable
{
    private static readonly IDataView Rows = ScriptedRow.View(ScriptedRow.Classes);
    private readonly string _folder = Directory.CreateTempSubdirectory("attempts-").FullName;
    private readonly ManualResetEventSlim _reached = new(), _goOn = new();
    private int _freed;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _reached.Dispose();
        _goOn.Dispose();
    }

    [Fact]
    public async Task One_that_is_cancelled_before_it_begins_builds_nothing()
    {
        var built = false;
        var attempt = Attempt((context, _) =>
        {
            built = true;
            return ScriptedRow.Model(context);
        });
        Assert.Equal("beginning", attempt.Doing);
        attempt.Cancel();
        attempt.Start();
        var outcome = await attempt.Outcome;
        Assert.Equal("The trial was cancelled.", Assert.IsType<OperationCanceledException>(outcome.Run.Exception).Message);
        Assert.False(built);
        Assert.Null(outcome.Model);
    }

    [Fact]
    public async Task One_that_is_abandoned_frees_its_model_and_deletes_its_file_when_it_ends_after_all()
    {
        // A candidate that ignores its cancellation, and whose model reports when it is freed.
        var attempt = Attempt((context, _) => new StubEstimator(
            ScriptedRow.Model(context),
            _ =>
            {
                _reached.Set();
                _goOn.Wait(Hang.Limit);
            },
            () => Interlocked.Increment(ref _freed)));
        attempt.Start();
        Assert.True(_reached.Wait(Hang.Limit, TestContext.Current.CancellationToken));
        Assert.Equal("fitting", attempt.Doing);
        Assert.True(attempt.Abandon());
        _goOn.Set();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _freed) == 1 && Directory.GetFiles(_folder).Length == 0, Hang.Limit));
        Assert.False(attempt.Outcome.IsCompleted);

        var whole = Attempt((context, _) => ScriptedRow.Model(context));
        whole.Start();
        var outcome = await whole.Outcome;
        Assert.False(whole.Abandon());
        Assert.NotNull(outcome.Run.ValidationMetrics);
        Assert.Equal(["model-0.zip"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void One_that_was_saving_says_so_and_has_no_model()
    {
        using var stop = new CancellationTokenSource();
        var run = SmallExperiments.Create().Add("saves", (context, trial) => new StubEstimator(ScriptedRow.Model(context), fitted: model => new Saved(model, () =>
        {
            stop.Cancel();
            trial.CancellationToken.WaitHandle.WaitOne(Hang.Limit);
            trial.CancellationToken.ThrowIfCancellationRequested();
        }, () => _freed++))).Execute(Rows, Rows, cancellationToken: stop.Token).RunDetails[0];
        Assert.Equal("OperationCanceledException: The experiment ended before the trial, which was saving.", run.Reason);
        Assert.Null(run.ValidationMetrics);
        Assert.Equal(1, _freed);
    }

    [Fact]
    public void One_that_ends_well_although_it_was_told_to_stop_counts()
    {
        using var stop = new CancellationTokenSource();
        var result = SmallExperiments.Create().Add("saves", (context, trial) => new StubEstimator(ScriptedRow.Model(context), fitted: model => new Saved(model, () =>
        {
            stop.Cancel();
            trial.CancellationToken.WaitHandle.WaitOne(Hang.Limit);
        }, () => _freed++))).Execute(Rows, Rows, cancellationToken: stop.Token);

        Assert.Null(result.RunDetails[0].Reason);
        Assert.Equal((1, ExperimentEnd.Canceled), (result.BestRun!.TrialId, result.EndedBy));
        Assert.NotNull(result.BestRun.OvershootInSeconds);
        Assert.Equal(0, _freed);
    }

    private TrialAttempt Attempt(Func<MLContext, TrialContext, IEstimator<ITransformer>> build) =>
        new(new TrialPlan { TrialId = 1, Key = "0", TrainerName = "candidate", TurnsLeft = 1, Build = build },
            new ExperimentReader(SmallExperiments.Settings, "Label", null, CancellationToken.None).Split(Rows, Rows),
            SmallExperiments.Settings, SmallExperiments.Contexts, Path.Combine(_folder, "model-0.zip"), CancellationToken.None);

    [Fact]
    public void One_that_ends_well_after_a_listener_threw_is_thrown_away()
    {
        var experiment = SmallExperiments.Create(SmallExperiments.Settings with { WorkingDirectory = _folder }).Add("saves", (context, trial) => new StubEstimator(ScriptedRow.Model(context), fitted: model => new Saved(
            model,
            () =>
            {
                _reached.Set();
                trial.CancellationToken.WaitHandle.WaitOne(Hang.Limit);
            },
            () => _freed++)));
        var error = Assert.Throws<IOException>(() => experiment.Execute(Rows, Rows, progressHandler: new Broken(_reached)));
        Assert.Equal("the listener broke", error.Message);
        Assert.Equal(1, _freed);
        Assert.Equal(["journal.jsonl"], Directory.GetFiles(Directory.GetDirectories(_folder).Single()).Select(Path.GetFileName));
    }

    /// <summary>A listener that throws once a model is being saved.</summary>
    private sealed class Broken(ManualResetEventSlim reached) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            reached.Wait(Hang.Limit);
            throw new IOException("the listener broke");
        }
    }

    /// <summary>A model that tells when it is saved and freed.</summary>
    private sealed class Saved(ITransformer inner, Action save, Action dispose) : ITransformer, IDisposable
    {
        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public void Save(ModelSaveContext ctx) => save();

        public void Dispose() => dispose();
    }
}

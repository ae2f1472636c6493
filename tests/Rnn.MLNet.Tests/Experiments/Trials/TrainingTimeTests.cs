namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>The time that a trial reports for its training: that of all steps of its configuration, and nothing but fitting.</summary>
public sealed class TrainingTimeTests : IDisposable
{
    private static readonly IDataView Rows = ScriptedRow.View(ScriptedRow.Classes);
    private readonly string _folder = Directory.CreateTempSubdirectory("training-times-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_earlier_steps_took_is_part_of_it()
    {
        const double Earlier = 100_000;

        var ended = await Run(Earlier, ScriptedRow.Model);
        var failed = await Run(Earlier, _ => throw new InvalidOperationException("it broke"));

        Assert.InRange(ended.TrainingTimeInSeconds, Earlier, 2 * Earlier);
        Assert.InRange((await Run(0, ScriptedRow.Model)).TrainingTimeInSeconds, 0, Earlier / 2);
        Assert.Equal("it broke", failed.Exception!.Message);
        Assert.Equal(Earlier, failed.TrainingTimeInSeconds);
    }

    [Fact]
    public void What_scoring_took_is_not()
    {
        var clock = new Stopwatch();
        var untilScoring = TimeSpan.Zero;

        var run = SmallExperiments.Create().Add("slow to score", context =>
        {
            clock.Restart();
            return new StubEstimator(ScriptedRow.Model(context), beforeTransform: rows =>
            {
                untilScoring = untilScoring == TimeSpan.Zero ? clock.Elapsed : untilScoring;
                Thread.Sleep(TimeSpan.FromSeconds(0.5));
                return rows;
            });
        }).Execute(Rows, Rows).RunDetails[0];

        Assert.InRange(run.TrainingTimeInSeconds, 0, untilScoring.TotalSeconds);
    }

    private async Task<RnnRunDetail> Run(double earlier, Func<MLContext, IEstimator<ITransformer>> build)
    {
        var attempt = new TrialAttempt(
            new TrialPlan { TrialId = 1, Key = "0", TrainerName = "candidate", TurnsLeft = 1, EarlierTraining = earlier, Build = (context, _) => build(context) },
            new ExperimentReader(SmallExperiments.Settings, "Label", null, CancellationToken.None).Split(Rows, Rows),
            SmallExperiments.Settings, SmallExperiments.Contexts, Path.Combine(_folder, "model-0.zip"), CancellationToken.None);
        attempt.Start();
        var outcome = await attempt.Outcome;
        outcome.Model?.Discard();
        return outcome.Run;
    }
}

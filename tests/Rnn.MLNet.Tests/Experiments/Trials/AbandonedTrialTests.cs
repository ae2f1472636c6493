namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>A trial that ignores the end of its time is abandoned after three seconds, and its later result is discarded.</summary>
public sealed class AbandonedTrialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("left-behind-").FullName;
    private readonly ManualResetEventSlim _goOn = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _goOn.Dispose();
    }

    [Fact]
    public async Task It_is_over_without_a_model_and_leaves_none_later()
    {
        var freed = 0;
        var rows = ScriptedRow.View(ScriptedRow.Classes);
        var data = new ExperimentReader(SmallExperiments.Settings, "Label", null, CancellationToken.None).Split(rows, rows);
        var plan = new TrialPlan
        {
            TrialId = 1,
            Key = "0",
            TrainerName = "deaf",
            TurnsLeft = 1,
            Build = (context, _) => new StubEstimator(ScriptedRow.Model(context), _ => _goOn.Wait(Hang.Limit), () => Interlocked.Increment(ref freed)),
        };
        var result = await new TrialRunner(data, SmallExperiments.Settings, SmallExperiments.Contexts, _folder).Run(plan, TimeSpan.FromSeconds(0.5), CancellationToken.None);

        var run = result.Run;
        Assert.Equal((true, true), (run.Abandoned, result.IsFinal));
        Assert.Equal("TimeoutException: The trial's time, 0.5 s, was over while it was fitting.", run.Reason);
        Assert.InRange(run.OvershootInSeconds!.Value, TrialRunner.Grace.TotalSeconds - 0.1, run.RuntimeInSeconds);
        Assert.Null(result.Model);
        _goOn.Set();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref freed) == 1 && Directory.GetFiles(_folder).Length == 0, Hang.Limit));
    }
}

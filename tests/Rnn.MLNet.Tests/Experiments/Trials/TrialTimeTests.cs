namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>A trial's share of the time that is left: one and a half times what is fair, for as many as run side by side.</summary>
public sealed class TrialTimeTests
{
    [Theory]
    [InlineData(1, 4, 40.0, 15.0)]
    [InlineData(1, 3, 40.0, 20.0)]
    [InlineData(1, 2, 40.0, 30.0)]
    [InlineData(1, 1, 40.0, null)]
    [InlineData(1, 0, 40.0, null)]
    [InlineData(2, 4, 40.0, 30.0)]
    [InlineData(2, 3, 40.0, null)]
    [InlineData(2, 12, 40.0, 10.0)]
    [InlineData(3, 9, 40.0, 20.0)]
    [InlineData(1, 4, -1.0, 0.0)]
    public void Of_a_first_turn_is_half_as_much_again_as_its_share(int sideBySide, int turnsLeft, double remaining, double? seconds)
    {
        var limit = TrialTime.Limit(new RnnExperimentSettings { MaxConcurrentTrials = sideBySide }, turnsLeft, remaining);
        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : Timeout.InfiniteTimeSpan, limit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Is_what_the_settings_say_if_they_do(int turnsLeft) =>
        Assert.Equal(TimeSpan.FromSeconds(7), TrialTime.Limit(new RnnExperimentSettings { MaxTrialTimeInSeconds = 7 }, turnsLeft, 40));

    [Fact]
    public void Has_no_end_where_a_timer_could_not_wait_for_it()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, TrialTime.Limit(new RnnExperimentSettings { MaxTrialTimeInSeconds = 20 * 86400 }, 1, 40));
        Assert.Equal(TimeSpan.FromDays(19), TrialTime.Limit(new RnnExperimentSettings { MaxTrialTimeInSeconds = 19 * 86400 }, 1, 40));
        Assert.Equal(Timeout.InfiniteTimeSpan, TrialTime.Limit(new RnnExperimentSettings(), 4, double.MaxValue));
    }

    [Fact]
    public void Is_named_where_a_trial_used_it_up()
    {
        using var never = new ManualResetEventSlim();
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrialTimeInSeconds = 1 })
            .Add("slow", (context, trial) =>
            {
                trial.CancellationToken.Register(never.Set);
                never.Wait(TimeSpan.FromSeconds(20));
                trial.CancellationToken.ThrowIfCancellationRequested();
                return ScriptedRow.Model(context);
            })
            .Execute(ScriptedRow.View(ScriptedRow.Classes), ScriptedRow.View(ScriptedRow.Classes));
        Assert.Equal("TimeoutException: The trial's time, 1.0 s, was over while it was building.", result.RunDetails[0].Reason);
        Assert.False(result.RunDetails[0].Abandoned);
        // What it took beyond its second.
        Assert.InRange(result.RunDetails[0].OvershootInSeconds!.Value, 0, result.RunDetails[0].RuntimeInSeconds);
    }
}

namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>Trials that run side by side, some of which fail and some of which tie.</summary>
public sealed class ConcurrentTrialTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Of_equal_trials_the_first_is_best_whichever_ended_first(int concurrent)
    {
        using var othersEnded = new CountdownEvent(2);
        var disposed = 0;
        var experiment = SmallExperiments.Create(SmallExperiments.Settings with { MaxConcurrentTrials = concurrent });
        for (var i = 1; i <= 6; i++)
        {
            var (number, name) = (i, $"candidate {i}");
            _ = i % 3 == 0
                ? experiment.Add(name, _ => throw new InvalidOperationException($"{name} broke"))
                : experiment.Add(name, context => new StubEstimator(
                    SmallExperiments.Bayes(context),
                    _ =>
                    {
                        // With several side by side the first ends last.
                        if (number == 1 && concurrent == 4)
                        {
                            othersEnded.Wait(Hang.Limit);
                        }
                        else if (number is 2 or 4)
                        {
                            othersEnded.Signal();
                        }
                    },
                    () => Interlocked.Increment(ref disposed)));
        }

        var result = experiment.Execute(Bar.View(60), Bar.View(20, seed: 2));

        Assert.Equal([1, 2, 3, 4, 5, 6], result.RunDetails.Select(run => run.TrialId));
        Assert.Equal(["candidate 3 broke", "candidate 6 broke"], result.RunDetails.Where(run => run.Loss is null).Select(run => run.Exception!.Message));
        Assert.Single(result.Leaderboard.Select(run => run.Loss).Distinct());
        Assert.Equal("candidate 1", result.BestRun!.TrainerName);
        Assert.NotNull(result.BestRun.Model);
        Assert.Equal(3, disposed);
    }
}

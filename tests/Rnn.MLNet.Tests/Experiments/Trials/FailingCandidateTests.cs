namespace Rnn.MLNet.Tests.Experiments.Trials;

public sealed class FailingCandidateTests : IClassFixture<WarmUp>
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);

    [Fact]
    public void Four_bad_candidates_are_four_rows_with_reasons_and_the_rest_is_unharmed()
    {
        var never = new ManualResetEventSlim();
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrialTimeInSeconds = 4 })
            .Add("throws", context => new StubEstimator(SmallExperiments.Bayes(context), _ => throw new InvalidOperationException("it broke")))
            .Add("never ends", context => new StubEstimator(SmallExperiments.Bayes(context), _ => never.Wait()))
            .Add("NaN", context => SmallExperiments.Bayes(context).Append(context.Transforms.CustomMapping<Scored, Scored>((_, output) => output.Score = [float.NaN, 0, 1], null)))
            .Add("wrong schema", context => context.Transforms.CopyColumns("Score", "Features"))
            .Add("GRU", SmallExperiments.Network)
            .Execute(Train, Validation);
        never.Set();

        string Reason(string name) => result.RunDetails.Single(run => run.TrainerName == name).Exception!.Message;
        Assert.Equal("it broke", Reason("throws"));
        Assert.Contains("time, 4.0 s, was over", Reason("never ends"), StringComparison.Ordinal);
        Assert.Contains("100 of 100 validation rows is not a finite number", Reason("NaN"), StringComparison.Ordinal);
        Assert.Contains("'Score' must be a vector of 3 Single, one per class; it is Vector<Single, 32>", Reason("wrong schema"), StringComparison.Ordinal);
        Assert.True(result.RunDetails[1].Abandoned);
        Assert.True(result.RunDetails[1].OvershootInSeconds >= 2.9);
        Assert.Equal("GRU", result.BestRun!.TrainerName);
        Assert.NotNull(result.BestRun.Model);
    }

    [Fact]
    public void The_first_candidate_may_fail_while_it_is_built()
    {
        var result = SmallExperiments.Create()
            .Add("bad options", context => context.Transforms.RnnClassifier(timeSteps: 0))
            .Add("none", _ => null!)
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .Execute(Train, Validation);

        Assert.Contains("TimeSteps", result.RunDetails[0].Exception!.Message, StringComparison.Ordinal);
        Assert.Contains("no estimator", result.RunDetails[1].Exception!.Message, StringComparison.Ordinal);
        Assert.Equal("Naive Bayes", result.BestRun!.TrainerName);
    }

    private sealed class Scored
    {
        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }
}

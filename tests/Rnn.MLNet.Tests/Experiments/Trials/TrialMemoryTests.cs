using Rnn.MLNet.Tests.Native;

namespace Rnn.MLNet.Tests.Experiments.Trials;

[Collection(nameof(Alone))]
public sealed class TrialMemoryTests
{
    [Fact]
    public void Every_model_but_the_best_is_disposed_at_once()
    {
        var context = new MLContext(1);
        int disposed = 0;
        var disposedBefore = new List<int>();
        var experiment = SmallExperiments.Create();
        for (int i = 0; i < 10; i++)
        {
            experiment.Add($"candidate {i}", trial => new StubEstimator(SmallExperiments.Bayes(trial), _ => disposedBefore.Add(disposed), () => disposed++));
        }

        experiment.Execute(Bar.View(60), Bar.View(20, seed: 2));

        // When a trial begins, all before it but one have been disposed.
        Assert.Equal([0, 0, 1, 2, 3, 4, 5, 6, 7, 8], disposedBefore);
        Assert.Equal(9, disposed);
    }

    [Fact]
    public void Tensors_do_not_grow_with_trials()
    {
        void Run(int trials)
        {
            var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = trials })
                .AddSearch("search", SmallExperiments.Space with { Layers = (1, 1), Bidirectional = [false] }, SmallExperiments.Options()).Execute(Bar.View(60), Bar.View(20, seed: 2));
            Assert.All(result.RunDetails, run => Assert.Null(run.Exception));
            (result.BestRun!.Model as IDisposable)!.Dispose();
        }

        Run(1);
        // Nothing that an earlier test left is freed meanwhile, and nothing that these trials leave.
        using var held = new SuspendedFinalizers();
        var before = torch.Tensor.TotalCount;
        Run(8);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}

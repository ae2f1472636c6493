using Microsoft.ML;
using TorchSharp;
using Xunit;

namespace Rnn.MLNet.Tests.Comparison;

[Collection(TestsAlone.Name)]
public sealed class MemoryTests
{
    [Fact]
    public void Every_model_but_the_best_is_disposed_at_once()
    {
        var context = new MLContext(1);
        int disposed = 0;
        var disposedBefore = new List<int>();
        var experiment = Experiments.Create();
        for (int i = 0; i < 10; i++)
        {
            experiment.Add($"candidate {i}", trial => new StubEstimator(Experiments.Bayes(trial), _ => disposedBefore.Add(disposed), () => disposed++));
        }

        experiment.Execute(Bar.View(60), Bar.View(20, seed: 2));

        // When a trial begins, all before it but one have been disposed.
        Assert.Equal([0, 0, 1, 2, 3, 4, 5, 6, 7, 8], disposedBefore);
        Assert.Equal(9, disposed);
    }

    [Fact]
    public void Tensors_do_not_grow_with_trials()
    {
        long Tensors(int trials)
        {
            var before = torch.Tensor.TotalCount;
            var result = Experiments.Create(Experiments.Settings with { MaxTrials = trials })
                .AddSearch("search", Experiments.Space with { Layers = (1, 1), Bidirectional = [false] }, Experiments.Options()).Execute(Bar.View(60), Bar.View(20, seed: 2));
            var after = torch.Tensor.TotalCount - before;
            (result.BestRun!.Model as IDisposable)?.Dispose();
            return after;
        }

        Tensors(1);
        // TorchSharp counts a parameter twice and its end once, and a network has one; a network left behind would be seven more.
        // Fewer may be left where tensors of earlier tests are freed meanwhile.
        Assert.InRange(Tensors(12) - Tensors(2), long.MinValue, 10);
    }
}

using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>
/// Pins the one internal of ML.NET that the library touches, the environment of a catalog: through it an estimator reaches
/// the context's log and seed.
/// </summary>
public sealed class CatalogEnvironmentTests
{
    private static readonly RnnClassifierOptions Unseeded = SyntheticSequences.Options with { Seed = null, MaxSteps = 1 };

    [Fact]
    public void Every_epoch_is_written_to_the_log_of_the_context()
    {
        var context = new MLContext(seed: 1);
        var messages = new ConcurrentQueue<LoggingEventArgs>();
        context.Log += (_, message) => messages.Enqueue(message);

        context.Transforms.RnnClassifier(SyntheticSequences.Options with { Epochs = 3 }).Fit(SyntheticSequences.Keyed(context, 48)).Dispose();

        var ours = messages.Where(message => message.Source.Contains("RnnClassifier")).ToList();
        foreach (var epoch in Enumerable.Range(1, 3))
        {
            var message = Assert.Single(ours, message => message.Message.Contains($"Epoch {epoch} of 3: loss ") && message.Kind == ChannelMessageKind.Info);
            Assert.Contains("accuracy", message.Message);
            Assert.Contains("learning rate", message.Message);
        }
    }

    [Fact]
    public void The_seed_of_the_context_decides_the_weights_if_no_other_is_given()
    {
        Assert.Equal(Fit(contextSeed: 5), Fit(contextSeed: 5));
        Assert.NotEqual(Fit(contextSeed: 5), Fit(contextSeed: 6));
    }

    [Fact]
    public void A_seed_of_its_own_makes_an_estimator_independent_of_the_context()
    {
        Assert.Equal(Fit(contextSeed: 5, seed: 7), Fit(contextSeed: 6, seed: 7));
    }

    private static string Fit(int contextSeed, int? seed = null)
    {
        var context = new MLContext(contextSeed);
        using var model = context.Transforms.RnnClassifier(Unseeded with { Seed = seed }).Fit(SyntheticSequences.Keyed(context, 48));
        return model.WeightBits();
    }
}

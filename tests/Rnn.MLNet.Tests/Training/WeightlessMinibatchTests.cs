namespace Rnn.MLNet.Tests.Training;

/// <summary>A minibatch in which all rows weigh nothing has no mean loss. It once ended the training as diverged.</summary>
public sealed class WeightlessMinibatchTests
{
    [Fact]
    public void It_teaches_nothing()
    {
        var context = new MLContext(seed: 1);
        var rows = SyntheticSequences.Rows(32).Select(row => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = 0 }).ToList();
        string Weights(int epochs)
        {
            var options = SyntheticSequences.Options with { ExampleWeightColumnName = "Weight", Optimizer = OptimizerKind.Sgd, Epochs = epochs };
            using var model = context.Transforms.RnnClassifier(options).Fit(SyntheticSequences.Keyed(context, rows));
            Assert.All(model.History.Epochs, epoch => Assert.Equal(0, epoch.Loss));
            return model.WeightBits();
        }

        Assert.Equal(Weights(epochs: 1), Weights(epochs: 3));
    }
}

namespace Rnn.MLNet.Tests.Training;

/// <summary>A row counts as much as its weight says.</summary>
public sealed class ExampleWeightTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Epochs = 12, ExampleWeightColumnName = "Weight" };

    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(5, 0.5)]
    public void Of_contradicting_labels_the_weightier_wins(float right, float wrong)
    {
        var rows = SyntheticSequences.Rows(96).SelectMany(row => new[] { Labelled(row, row.Label, right), Labelled(row, Next(row.Label), wrong) });
        using var model = Fit(rows, Options);
        var test = SyntheticSequences.Keyed(_context, 60, seed: 2);

        var accuracy = _context.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;

        Assert.True(right > wrong ? accuracy > 0.9 : accuracy < 0.1, $"accuracy {accuracy}");
    }

    [Fact]
    public void Weights_are_relative_within_a_minibatch()
    {
        string Weights(float weight)
        {
            using var model = Fit(SyntheticSequences.Rows(96).Select(row => Labelled(row, row.Label, weight)), Options with { Epochs = 2 });
            return model.WeightBits();
        }

        using var unweighted = SyntheticSequences.Fit(Options with { Epochs = 2, ExampleWeightColumnName = null });

        Assert.Equal(unweighted.WeightBits(), Weights(1));
        Assert.Equal(unweighted.WeightBits(), Weights(2));
    }

    [Fact]
    public void The_loss_is_the_weighted_mean()
    {
        // One minibatch, measured before a step: the loss of the initial weights.
        double Loss(Func<string, float> weight)
        {
            using var model = Fit(SyntheticSequences.Rows(96).Select(row => Labelled(row, row.Label, weight(row.Label))), Options with { Epochs = 1, BatchSize = 96 });
            return model.History.Epochs[0].Loss;
        }

        var each = SyntheticSequences.Colours.Select(colour => Loss(label => label == colour ? 1 : 0)).ToArray();

        Assert.Equal((each[0] + 2 * each[1] + 3 * each[2]) / 6, Loss(label => 1 + Array.IndexOf(SyntheticSequences.Colours, label)), 1e-5);
    }

    private RnnClassifierTransformer Fit(IEnumerable<Sequence<string>> rows, RnnClassifierOptions options) =>
        _context.Transforms.RnnClassifier(options).Fit(SyntheticSequences.Keyed(_context, rows));

    private static Sequence<string> Labelled(Sequence<string> row, string label, float weight) =>
        new() { Features = row.Features, Label = label, Weight = weight };

    private static string Next(string colour) =>
        SyntheticSequences.Colours[(Array.IndexOf(SyntheticSequences.Colours, colour) + 1) % SyntheticSequences.Colours.Length];
}

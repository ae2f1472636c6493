namespace Rnn.MLNet.Tests.Training;

/// <summary>A weight of 2 is the row twice, whatever the size of a minibatch and whatever it is drawn together with.</summary>
public sealed class WeightedRowTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { ExampleWeightColumnName = "Weight" };

    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void A_rare_class_with_a_large_weight_is_as_probable_as_the_others(int batchSize, bool streamed)
    {
        // The features say nothing. One row in 20 is red and weighs 19: the weighted loss is least where red is as probable as blue.
        var rows = Enumerable.Range(0, 400).Select(i => Row(i % 20 == 0 ? "red" : "blue", i % 20 == 0 ? 19 : 1));
        var options = Options with
        {
            Cell = new BasicRnnCell(2),
            BatchSize = batchSize,
            Epochs = batchSize == 1 ? 4 : 25,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = batchSize == 1 ? 0.01 : 0.05,
            LearningRateSchedule = LearningRateSchedule.Cosine,
            GradientClipNorm = null,
            CacheRows = streamed ? CacheRows.None : CacheRows.All,
        };

        using var model = Fit(rows, options);

        Assert.InRange(model.Transform(Keyed([Row("red", 1)])).Scores()[0][2], 0.4, 0.6);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(3)]
    [InlineData(3e38f)]
    public void Equal_weights_are_none(float weight)
    {
        foreach (var cacheRows in (CacheRows[])[CacheRows.All, CacheRows.None])
        {
            var options = Options with { CacheRows = cacheRows, ValidationFraction = cacheRows == CacheRows.All ? 0.25 : 0 };
            var rows = SyntheticSequences.Rows(96).Select(row => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = weight });
            using var weighted = Fit(rows, options);
            using var unweighted = SyntheticSequences.Fit(options with { ExampleWeightColumnName = null });

            Assert.Equal(unweighted.WeightBits(), weighted.WeightBits());
            Assert.Equal(unweighted.History.Epochs.Select(Losses), weighted.History.Epochs.Select(Losses));
        }
    }

    [Fact]
    public void Weights_near_the_largest_number_are_weights()
    {
        RnnClassifierTransformer Trained(float unit) => Fit(
            SyntheticSequences.Rows(96).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = (1 + i % 3) * unit }),
            Options with { ValidationFraction = 0.25 });

        using var one = Trained(1);
        using var large = Trained((float)Math.Pow(2, 126));

        Assert.Equal(one.WeightBits(), large.WeightBits());
        Assert.Equal(one.History.Epochs.Select(Losses), large.History.Epochs.Select(Losses));
    }

    [Fact]
    public void The_history_shows_the_weighted_mean()
    {
        // Nothing is learnt: what is shown is the loss of the initial weights, however the rows come together.
        double Loss(int batchSize)
        {
            var rows = SyntheticSequences.Rows(96).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i % 7 });
            using var model = Fit(rows, Options with { Epochs = 1, BatchSize = batchSize, LearningRate = 1e-12 });
            return model.History.Epochs[0].Loss;
        }

        Assert.Equal(Loss(96), Loss(5), 1e-5);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Validation_rows_that_all_weigh_nothing_are_refused(CacheRows cacheRows)
    {
        var options = Options with { CacheRows = cacheRows };
        var rows = Enumerable.Range(0, 60).Select(_ => Row("red", 0)).ToList();
        var listener = new Listener();
        var validation = options with { EarlyStoppingPatience = 3, ValidationSet = Keyed(rows), Progress = listener };

        Assert.Contains("must be above 0 in some validation row; it is 0 in all 60 of them",
            Assert.Throws<InvalidOperationException>(() => Fit(SyntheticSequences.Rows(30), validation)).Message);
        Assert.Empty(listener.Reports);
    }

    private static (double, double?) Losses(TrainingEpoch epoch) => (epoch.Loss, epoch.ValidationLoss);

    private static Sequence<string> Row(string label, float weight) => new() { Features = new float[SyntheticSequences.Length], Label = label, Weight = weight };

    private IDataView Keyed(IEnumerable<Sequence<string>> rows) => SyntheticSequences.Keyed(_context, rows);

    private RnnClassifierTransformer Fit(IEnumerable<Sequence<string>> rows, RnnClassifierOptions options) =>
        _context.Transforms.RnnClassifier(options).Fit(Keyed(rows));
}

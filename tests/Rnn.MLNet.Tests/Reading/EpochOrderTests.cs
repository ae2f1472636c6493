namespace Rnn.MLNet.Tests.Reading;

/// <summary>Every epoch goes over the same rows in an order of its own. Rows are identified by their loss, of weights that do not move.</summary>
public sealed class EpochOrderTests
{
    private const int Rows = 30;

    private static readonly RnnClassifierOptions Still = SyntheticSequences.Options with
    {
        BatchSize = 1,
        Epochs = 5,
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 1e-30,
        LearningRateSchedule = LearningRateSchedule.Constant,
    };

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Each_epoch_has_its_own_order_of_the_same_rows(CacheRows cacheRows)
    {
        var inOrder = Orders(Still with { CacheRows = cacheRows, Epochs = 1 }, Rows)[0].Order().ToArray();

        var orders = Orders(Still with { CacheRows = cacheRows }, Rows);

        Assert.Equal(5, orders.Count);
        Assert.All(orders, order => Assert.Equal(inOrder, order.Order()));
        Assert.Equal(5, orders.Select(order => string.Join(" ", order)).Distinct().Count());
        Assert.Equal(Rows, orders[0].Distinct().Count());
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void No_epoch_keeps_the_order_of_the_data(CacheRows cacheRows)
    {
        // One row a fit: its loss.
        double[] losses = [.. Enumerable.Range(0, 8).Select(row => Orders(Still with { CacheRows = cacheRows, Epochs = 1 }, 1, row)[0][0])];

        var orders = Orders(Still with { CacheRows = cacheRows }, 8);

        Assert.All(orders, order =>
        {
            Assert.NotEqual(losses, order);
            Assert.Equal(losses.Order(), order.Order(), (expected, actual) => Math.Abs(expected - actual) < 1e-6);
        });
    }

    private static List<double[]> Orders(RnnClassifierOptions options, int rows, int first = 0)
    {
        var context = new MLContext(seed: 1);
        var listener = new Listener();
        // The view would shuffle by itself.
        var data = new OrderedView(SyntheticSequences.Keyed(context, SyntheticSequences.Rows(Rows).Skip(first).Take(rows)));
        context.Transforms.RnnClassifier(options with { Progress = listener }).Fit(data).Dispose();
        return [.. listener.Reports.Where(report => !report.EpochEnded).Select(report => report.BatchLoss).Chunk(rows)];
    }
}

using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Training;

/// <summary>The same seed gives the same weights with nothing else set.</summary>
public sealed class ReproducibilityTests
{
    [Fact]
    public async Task In_any_process_under_any_load()
    {
        var alone = ChildProcess.Run<DefaultFit>("0");
        var beside = ChildProcess.Run<DefaultFit>("0");
        var busy = ChildProcess.Run<DefaultFit>("3");

        var expected = (await alone).Succeeded();
        Assert.Equal(expected, (await beside).Succeeded());
        Assert.Equal(expected, (await busy).Succeeded());
    }

    [Theory]
    [InlineData(RnnPrecision.Auto)]
    [InlineData(RnnPrecision.BFloat16)]
    public void With_any_number_of_threads(RnnPrecision precision)
    {
        // Large enough for Auto to think of bfloat16.
        var options = SyntheticSequences.Options with { Cell = new BasicLstmCell(128), Precision = precision, Dropout = 0.2, BatchSize = 192, Shards = 3, Epochs = 2 };
        string Weights(int threads)
        {
            using var model = SyntheticSequences.Fit(options with { Threads = threads }, rows: 192);
            return model.WeightBits();
        }

        var one = Weights(1);
        Assert.Equal(one, Weights(2));
        Assert.Equal(one, Weights(3));
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void And_with_any_number_of_threads_the_same_validation_loss(CacheRows cacheRows)
    {
        // Enough rows for several parts to be measured side by side, of weights so far apart that the sums are rounded.
        var context = new MLContext(seed: 1);
        IDataView Weighted(int rows) => SyntheticSequences.Keyed(context, SyntheticSequences.Rows(rows)
            .Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = MathF.Pow(10, -2 * (i / 256 * 5 % 7)) }));
        var options = SyntheticSequences.Options with
        {
            Shards = 2,
            Epochs = 3,
            ValidationSet = Weighted(3000),
            ExampleWeightColumnName = "Weight",
            CacheRows = cacheRows,
        };
        double?[] Losses(int threads)
        {
            using var model = context.Transforms.RnnClassifier(options with { Threads = threads }).Fit(Weighted(96));
            return [.. model.History.Epochs.Select(epoch => epoch.ValidationLoss)];
        }

        var one = Losses(1);
        Assert.Equal(one, Losses(2));
        Assert.Equal(one, Losses(3));
    }

    [Fact]
    public void More_shards_than_rows_cost_nothing()
    {
        // A minibatch of 16 rows is cut in two at most.
        using var expected = SyntheticSequences.Fit(SyntheticSequences.Options with { Shards = 2 });
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Shards = int.MaxValue });

        Assert.Equal(expected.WeightBits(), model.WeightBits());
    }
}

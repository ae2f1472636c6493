using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>What is learned from the rows before the first epoch is learned from all training rows, and from no others.</summary>
public sealed class TrainingStatisticsTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { TimeSteps = 1, InputScaling = InputScaling.Standardize };

    [Theory]
    [InlineData(CacheRows.All, 0)]
    [InlineData(CacheRows.All, 0.4)]
    [InlineData(CacheRows.None, 0)]
    [InlineData(CacheRows.None, 0.4)]
    public void The_scaling_is_that_of_the_training_rows(CacheRows cacheRows, double validationFraction)
    {
        var data = Read(NumberedRows.View(200), Options with { CacheRows = cacheRows, ValidationFraction = validationFraction });

        AssertScaling(data.Training.InOrder(), data.Scaling!);
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Rows_that_weigh_nothing_have_no_part_in_the_scaling(CacheRows cacheRows)
    {
        var options = Options with { CacheRows = cacheRows, ExampleWeightColumnName = "Weight" };
        var rows = NumberedRows.View(200, weight: row => row < 150 ? 1 : 0);

        AssertScaling(row => row < 150, Read(rows, options));
        AssertScaling(row => row % 3 != 1 && row < 150, Read(rows, options, ClassWeights.Of(new Dictionary<string, double> { ["2"] = 0 })));
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void Balanced_weights_are_those_of_the_training_rows(CacheRows cacheRows)
    {
        var options = Options with { CacheRows = cacheRows, ExampleWeightColumnName = "Weight", ValidationFraction = 0.4 };
        var data = Read(NumberedRows.View(200, Weight), options, ClassWeights.Balanced);
        double[] Totals(IRowSource rows) => [.. Enumerable.Range(0, 3).Select(label => rows.InOrder().Where(row => row % 3 == label).Sum(row => (double)Weight(row)))];
        var (training, validation) = (Totals(data.Training), Totals(data.Validation!));

        // The class of the smallest total has a factor of 1, and every other that of the ratio.
        var smallest = training.Min();
        Assert.Equal(3 * smallest / data.Training.Count, data.Training.MeanWeight, 1e-6);
        Assert.Equal(validation.Zip(training, (ofClass, total) => ofClass * smallest / total).Sum() / data.Validation!.Count, data.Validation.MeanWeight, 1e-6);

        static float Weight(int row) => row % 3 == 1 ? 1 : 0.25f + row % 2;
    }

    [Fact]
    public void Beside_a_validation_set_no_row_is_held_out_by_itself()
    {
        var options = Options with { Epochs = null };
        var rows = NumberedRows.View(10_000);

        Assert.Equal((9_000, 1_000), Counts(Read(rows, options)));
        Assert.Equal((10_000, 30), Counts(Read(rows, options with { ValidationSet = NumberedRows.View(30) })));

        static (long, long) Counts(TrainingData data) => (data.Training.Count, data.Validation!.Count);
    }

    private static TrainingData Read(IDataView data, RnnOptions options, ClassWeights? weights = null)
    {
        using var channel = ((IHostEnvironment)new MLContext()).Register("test").Start("reading");
        return TrainingData.Read(data, ClassificationTask.Of(data.Schema, Classification.Columns, weights).Targets, options, seed: 1, channel);
    }

    private static void AssertScaling(Func<int, bool> counts, TrainingData data) => AssertScaling([.. data.Training.InOrder().Where(counts)], data.Scaling!);

    /// <summary>The features of a row are its number and the negative of it.</summary>
    private static void AssertScaling(int[] numbers, FeatureScaling scaling)
    {
        var mean = numbers.Average();
        var deviation = Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));

        Assert.Equal(mean, scaling.Means[0], 1e-4);
        Assert.Equal(-mean, scaling.Means[1], 1e-4);
        Assert.All(scaling.Factors, factor => Assert.Equal(1 / deviation, factor, 1e-6));
    }
}

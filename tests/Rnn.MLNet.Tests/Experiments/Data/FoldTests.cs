namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>How rows are split, and on which of them the preprocessing is fitted.</summary>
public sealed class FoldTests
{
    [Fact]
    public void Preprocessing_is_fitted_on_the_rows_that_a_fold_trains_on()
    {
        var fitted = new List<HashSet<float>>();
        var trained = new List<HashSet<float>>();
        var prefix = new StubEstimator(new MLContext(1).Transforms.NormalizeMinMax("Other", "Features"), rows => fitted.Add(Rows(rows)));
        SmallExperiments.Create()
            .Add("linear", context => new StubEstimator(SmallExperiments.Linear(context), rows => trained.Add(Rows(rows))))
            .Execute(Bar.View(60), numberOfCVFolds: 3, preFeaturizer: prefix);

        Assert.Equal(3, fitted.Count);
        Assert.Equal(trained.Select(rows => rows.Order()), fitted.Select(rows => rows.Order()));
        Assert.All(fitted, rows => Assert.Equal(40, rows.Count));
        // Each row is in all training parts but one.
        Assert.Equal(60 * 2, fitted.Sum(rows => rows.Count));
        Assert.Equal(60, fitted.SelectMany(rows => rows).Distinct().Count());
    }

    [Fact]
    public void The_model_has_the_preprocessing_of_its_own_fold_and_the_shared_classes()
    {
        // By occurrence the folds would number the classes differently.
        var context = new MLContext(1);
        var data = Bar.View(90);
        var result = SmallExperiments.Create().Add("GRU", trial => trial.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 25))).Execute(
            data, numberOfCVFolds: 3, preFeaturizer: context.Transforms.Conversion.MapValueToKey("Label").Append(context.Transforms.NormalizeMinMax("Features")));

        var metrics = result.BestRun!.ValidationMetrics!;
        Assert.True(metrics.MicroAccuracy > 0.7);
        Assert.Equal(90, metrics.ConfusionMatrix.Sum(row => row.Sum()));
        var scored = result.BestRun.Model!.Transform(data);
        Assert.True(new MLContext(1).MulticlassClassification.Evaluate(scored).MicroAccuracy > 0.7);
    }

    [Fact]
    public void A_trainer_that_shuffles_gets_the_rows_of_its_part_in_another_order()
    {
        List<float> inOrder = [], shuffled = [];
        SmallExperiments.Create().Add("perceptron", context => new StubEstimator(
            context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.AveragedPerceptron()),
            data =>
            {
                inOrder.AddRange(Read(data, null));
                shuffled.AddRange(Read(data, new Random(1)));
                Assert.Equal(shuffled, Read(data, new Random(1)));
            })).Execute(Bar.View(60)).RunDetails.ToList().ForEach(run => Assert.Null(run.Exception));

        Assert.Equal(48, inOrder.Count);
        Assert.NotEqual(inOrder, shuffled);
        Assert.Equal(inOrder.Order(), shuffled.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Ten_rows_have_five_folds_with_every_class_on_both_sides(int seed)
    {
        var rows = Bar.Rows(200, 1).GroupBy(row => row.Label).SelectMany(ofClass => ofClass.Take(5)).Where(row => row.Label != "bottom").ToArray();
        Assert.Equal(10, rows.Length);
        var seen = new List<int>();
        var result = SmallExperiments.Create(SmallExperiments.Settings with { Seed = seed })
            .Add("linear", context => new StubEstimator(SmallExperiments.Linear(context), data => seen.Add(Rows(data).Count)))
            .Execute(new MLContext().Data.LoadFromEnumerable(rows), numberOfCVFolds: 5);

        Assert.True(result.BestRun is not null, result.RunDetails[0].Exception?.Message);
        Assert.Equal([8, 8, 8, 8, 8], seen);
        // One row of each class in each fold.
        Assert.Equal(10, result.BestRun.ValidationMetrics!.ConfusionMatrix.Sum(row => row.Sum()));
        Assert.Equal(0, result.BestRun.ValidationMetrics.RowsOfUnknownClass);
    }

    [Fact]
    public void A_class_of_one_row_is_a_row_of_an_unknown_class_where_it_is_validated()
    {
        var rows = Bar.Rows(40, 1).Append(new Bar { Features = new float[32], Label = "once" });
        var run = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(new MLContext().Data.LoadFromEnumerable(rows.ToArray()), numberOfCVFolds: 4).RunDetails[0];
        Assert.Equal((41, 1), (run.ValidationMetrics!.Rows, run.ValidationMetrics.RowsOfUnknownClass));
    }

    [Fact]
    public void More_folds_than_rows_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Bar.View(4), numberOfCVFolds: 5));
        Assert.Contains("5 folds need at least 5 rows with a label; the training data has 4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(0.99)]
    public void A_fraction_leaves_rows_on_both_sides_and_every_class_in_training(double fraction)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var run = SmallExperiments.Create(SmallExperiments.Settings with { Seed = seed, ValidationFraction = fraction }).Add("linear", SmallExperiments.Linear).Execute(Bar.View(12)).RunDetails[0];
            Assert.True(run.ValidationMetrics is not null, run.Exception?.Message);
            Assert.Equal(fraction switch { 0.01 => 1, 0.2 => 2, _ => 9 }, run.ValidationMetrics.Rows);
            Assert.Equal(0, run.ValidationMetrics.RowsOfUnknownClass);
        }
    }

    [Fact]
    public void A_fraction_is_a_fraction_of_every_class()
    {
        var metrics = SmallExperiments.Create(SmallExperiments.Settings with { ValidationFraction = 0.25 }).Add("linear", SmallExperiments.Linear).Execute(Bar.View(400)).BestRun!.ValidationMetrics!;
        var counts = Bar.Rows(400, 1).GroupBy(row => row.Label).ToDictionary(ofClass => ofClass.Key, ofClass => ofClass.Count());
        Assert.Equal(100, metrics.Rows);
        Assert.All(metrics.Classes, (name, index) => Assert.InRange(metrics.ConfusionMatrix[index].Sum(), counts[name] / 4.0 - 1, counts[name] / 4.0 + 1));
    }

    /// <summary>The sum of a row's features, by which it is identified.</summary>
    private static List<float> Read(IDataView data, Random? random) => ShuffledRows.Read(data, "Features", features => features.DenseValues().Sum(), random);

    /// <inheritdoc cref="Read"/>
    private static HashSet<float> Rows(IDataView data) => [.. data.GetColumn<float[]>("Features").Select(features => features.Sum())];
}

namespace Rnn.MLNet.Tests.Experiments.Metrics;

/// <summary>Every validation row counts, and what cannot be measured is named.</summary>
public sealed class ValidationRowTests
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_metrics_are_those_of_MLNet(int topK)
    {
        var context = new MLContext(1);
        var result = SmallExperiments.Create(SmallExperiments.Settings with { TopK = topK }).Add("linear", SmallExperiments.Linear).Execute(Train, Validation);
        var expected = context.MulticlassClassification.Evaluate(result.BestRun!.Model!.Transform(Validation), topKPredictionCount: topK);
        var metrics = result.BestRun.ValidationMetrics!;

        Assert.Equal(expected.MicroAccuracy, metrics.MicroAccuracy);
        Assert.Equal(expected.MacroAccuracy, metrics.MacroAccuracy, 1e-12);
        Assert.Equal(expected.LogLoss, metrics.LogLoss, 1e-9);
        Assert.Equal(expected.LogLossReduction, metrics.LogLossReduction, 1e-9);
        Assert.Equal(expected.TopKAccuracy, metrics.TopKAccuracy);
        Assert.Equal(expected.ConfusionMatrix.Counts.SelectMany(row => row), metrics.ConfusionMatrix.SelectMany(row => row));
        Assert.Equal(expected.ConfusionMatrix.PerClassPrecision, metrics.PerClassPrecision);
        Assert.Equal(expected.ConfusionMatrix.PerClassRecall, metrics.PerClassRecall);
        Assert.Equal((100, 0, 0), (metrics.Rows, metrics.RowsOfUnknownClass, metrics.RowsWithoutLabel));
    }

    [Fact]
    public void Rows_of_a_class_that_was_not_in_training_are_errors()
    {
        var known = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Train, Validation).BestRun!.ValidationMetrics!;
        var rows = Bar.Rows(100, seed: 2).Concat(Bar.Rows(25, seed: 3).Select(row => new Bar { Features = row.Features, Label = "new" }));
        var metrics = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Train, View(rows)).BestRun!.ValidationMetrics!;

        Assert.Equal(known.MicroAccuracy * 100 / 125, metrics.MicroAccuracy, 1e-12);
        Assert.Equal(known.MacroAccuracy * 3 / 4, metrics.MacroAccuracy, 1e-12);
        Assert.Equal(known.TopKAccuracy * 100 / 125, metrics.TopKAccuracy, 1e-12);
        Assert.Equal((known.LogLoss * 100 - 25 * Math.Log(1e-15f)) / 125, metrics.LogLoss, 1e-6);
        Assert.All(known.PerClassPrecision.Zip(metrics.PerClassPrecision), pair => Assert.True(pair.Second <= pair.First));
        Assert.Equal((125, 25, 0), (metrics.Rows, metrics.RowsOfUnknownClass, metrics.RowsWithoutLabel));
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_counted()
    {
        var rows = Bar.Rows(100, seed: 2).Concat(Bar.Rows(7, seed: 3).Select(row => new Bar { Features = row.Features, Label = "" }));
        var known = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Train, Validation);
        var result = SmallExperiments.Create().Add("linear", SmallExperiments.Linear).Execute(Train, View(rows));
        var metrics = result.BestRun!.ValidationMetrics!;
        Assert.Equal(known.BestRun!.ValidationMetrics!.LogLoss, metrics.LogLoss);
        Assert.Equal((100, 0, 7), (metrics.Rows, metrics.RowsOfUnknownClass, metrics.RowsWithoutLabel));

        using var file = new TemporaryFile(".out");
        result.SaveJson(file.Path);
        var run = JsonDocument.Parse(File.ReadAllText(file.Path)).RootElement.GetProperty("bestRun");
        Assert.Equal([100, 0, 7], new[] { "rows", "rowsOfUnknownClass", "rowsWithoutLabel" }.Select(name => run.GetProperty(name).GetInt64()));
        result.SaveReport(file.Path);
        Assert.Contains("7 rows have no label and are excluded", File.ReadAllText(file.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MulticlassClassificationMetric.LogLoss)]
    [InlineData(MulticlassClassificationMetric.LogLossReduction)]
    public void Scores_that_are_no_probabilities_have_no_log_loss(MulticlassClassificationMetric metric)
    {
        RnnExperiment Experiment(RnnExperimentSettings settings) => SmallExperiments.Create(settings)
            .Add("margins", context => context.MulticlassClassification.Trainers.SdcaNonCalibrated(maximumNumberOfIterations: 3)).Add("linear", SmallExperiments.Linear);
        var byLoss = Experiment(SmallExperiments.Settings with { OptimizingMetric = metric }).Execute(Train, Validation);
        Assert.Equal("linear", byLoss.BestRun!.TrainerName);
        Assert.Contains($"not probabilities, which {metric} requires", byLoss.RunDetails[0].Exception!.Message, StringComparison.Ordinal);

        var byAccuracy = Experiment(SmallExperiments.Settings).Execute(Train, Validation);
        Assert.True(byAccuracy.RunDetails[0].ValidationMetrics!.MicroAccuracy > 0.3);
        Assert.True(double.IsNaN(byAccuracy.RunDetails[0].ValidationMetrics!.LogLoss));
        Assert.True(double.IsFinite(byAccuracy.RunDetails[1].ValidationMetrics!.LogLoss));
        using var file = new TemporaryFile(".out");
        byAccuracy.SaveJson(file.Path);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(File.ReadAllText(file.Path)).RootElement.GetProperty("runDetails")[0].GetProperty("logLoss").ValueKind);
    }

    [Fact]
    public void A_metric_that_is_no_number_is_a_failed_trial()
    {
        // Of rows of one class the frequencies say all there is to say: nothing can be better than them.
        var one = View(Bar.Rows(100, seed: 2).Where(row => row.Label == "top"));
        var result = SmallExperiments.Create(SmallExperiments.Settings with { OptimizingMetric = MulticlassClassificationMetric.LogLossReduction })
            .Add("first", SmallExperiments.Linear).Add("second", SmallExperiments.Linear).Execute(Train, one);

        Assert.Null(result.BestRun);
        Assert.All(result.RunDetails, run =>
        {
            Assert.Null(run.Loss);
            Assert.Contains("LogLossReduction is not a finite number", run.Exception!.Message, StringComparison.Ordinal);
            Assert.Contains("1 of 3 classes", run.Exception.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_score_column_may_have_any_name()
    {
        // The data has columns of the usual names already.
        var context = new MLContext(1);
        IDataView Named(IDataView data) => context.Transforms.CopyColumns("Score", "Features").Append(context.Transforms.CopyColumns("PredictedLabel", "Label")).Fit(data).Transform(data);
        var expected = SmallExperiments.Create().Add("GRU", trial => trial.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 2))).Execute(Train, Validation).BestRun!.ValidationMetrics!.LogLoss;
        foreach (var (train, validation) in new[] { (Train, Validation), (Named(Train), Named(Validation)) })
        {
            var result = SmallExperiments.Create()
                .Add("GRU", trial => trial.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 2) with { ScoreColumnName = "Probabilities", PredictedLabelColumnName = "Class" }))
                .Execute(train, validation);
            Assert.True(result.RunDetails[0].ValidationMetrics is not null, result.RunDetails[0].Exception?.Message);
            Assert.Equal(expected, result.RunDetails[0].ValidationMetrics!.LogLoss);
        }
    }

    private static IDataView View(IEnumerable<Bar> rows) => new MLContext().Data.LoadFromEnumerable(rows.ToArray());
}

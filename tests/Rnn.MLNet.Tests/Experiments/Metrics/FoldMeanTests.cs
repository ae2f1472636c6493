namespace Rnn.MLNet.Tests.Experiments.Metrics;

/// <summary>Cross-validation: metrics are means over the folds, counts are sums, and precision and recall are those of the sums.</summary>
public sealed class FoldMeanTests
{
    [Fact]
    public void Metrics_are_means_and_counts_are_sums()
    {
        var first = ExperimentMetrics.Of([[3, 1], [2, 4]], [1, 0], ["a", "b"]) with
        {
            MicroAccuracy = 0.5,
            MacroAccuracy = 0.6,
            LogLoss = 1,
            LogLossReduction = 0.1,
            TopKAccuracy = 0.7,
            Rows = 11,
            RowsOfUnknownClass = 1,
            RowsWithoutLabel = 2,
        };
        var second = ExperimentMetrics.Of([[5, 0], [1, 2]], [0, 3], ["a", "b"]) with
        {
            MicroAccuracy = 0.75,
            MacroAccuracy = 0.8,
            LogLoss = 3,
            LogLossReduction = 0.3,
            TopKAccuracy = 0.9,
            Rows = 11,
            RowsOfUnknownClass = 3,
            RowsWithoutLabel = 5,
        };
        var mean = ExperimentMetrics.Mean([first, second]);

        Assert.Equal(0.625, mean.MicroAccuracy, 1e-15);
        Assert.Equal(0.7, mean.MacroAccuracy, 1e-15);
        Assert.Equal(2, mean.LogLoss, 1e-15);
        Assert.Equal(0.2, mean.LogLossReduction, 1e-15);
        Assert.Equal(0.8, mean.TopKAccuracy, 1e-15);
        Assert.Equal((22, 4, 7), (mean.Rows, mean.RowsOfUnknownClass, mean.RowsWithoutLabel));
        Assert.Equal(["a", "b"], mean.Classes);
        Assert.Equal<double>([8, 1, 3, 6], mean.ConfusionMatrix.SelectMany(row => row));
        Assert.Equal<double>([1, 3], mean.UnknownByPrediction);
        Assert.Equal<double>([8 / 12.0, 6 / 10.0], mean.PerClassPrecision);
        Assert.Equal<double>([8 / 9.0, 6 / 9.0], mean.PerClassRecall);
        Assert.Same(first, ExperimentMetrics.Mean([first]));
    }

    [Fact]
    public void Metrics_of_counts_alone_have_precision_and_recall_and_nothing_else()
    {
        var metrics = ExperimentMetrics.Of([[3, 1], [0, 0]], [1, 0], ["a", "b"]);
        Assert.Equal<double>([3 / 4.0, 0], metrics.PerClassPrecision);
        Assert.Equal<double>([3 / 4.0, double.NaN], metrics.PerClassRecall);
        Assert.All(Enum.GetValues<MulticlassClassificationMetric>(), metric => Assert.Equal(double.NaN, metrics.Value(metric)));
        Assert.Equal((0, 0, 0), (metrics.Rows, metrics.RowsOfUnknownClass, metrics.RowsWithoutLabel));
    }

    [Fact]
    public void The_loss_is_what_is_missing_to_one_or_the_log_loss()
    {
        var metrics = ExperimentMetrics.Of([[1]], [0], ["a"]) with { MicroAccuracy = 0.5, MacroAccuracy = 0.25, LogLoss = 3, LogLossReduction = 0.125, TopKAccuracy = 0.75 };
        Assert.Equal(
            [("LogLoss", 3), ("LogLossReduction", 0.875), ("MacroAccuracy", 0.75), ("MicroAccuracy", 0.5), ("TopKAccuracy", 0.25)],
            Enum.GetValues<MulticlassClassificationMetric>().Select(metric => (metric.ToString(), metrics.Loss(metric))).Order());
    }

    [Fact]
    public void A_trial_has_the_means_of_its_folds_and_the_model_of_the_best()
    {
        // Of each class twelve rows; how many of a fold are right differs from fold to fold.
        ScriptedRow[] rows = [.. Enumerable.Range(0, 36).Select(index => ScriptedRow.Of("abc"[index % 3].ToString(), index % 5 == 0 ? [0.25f, 0.5f, 0.25f] : [0.625f, 0.25f, 0.125f]))];
        var folds = new List<string[]>();
        var result = SmallExperiments.Create(SmallExperiments.Settings with { TopK = 2 })
            .Add("scripted", context => new StubEstimator(ScriptedRow.Model(context), beforeTransform: data =>
            {
                folds.Add([.. Rows(data)]);
                return data;
            }))
            .Execute(ScriptedRow.View(rows), numberOfCVFolds: 3);

        Assert.Equal(3, folds.Count);
        Assert.Equal(36, folds.Sum(fold => fold.Length));
        var run = Assert.Single(result.RunDetails);
        Assert.True(run.ValidationMetrics is not null, run.Reason);
        Assert.True(folds.Select(fold => fold.Count(row => row is "1b" or "0a")).Distinct().Count() > 1);
        Assert.Equal(folds.Average(fold => fold.Count(row => row is "1b" or "0a") / 12.0), run.ValidationMetrics.MicroAccuracy, 1e-12);
        Assert.Equal(folds.Average(fold => fold.Count(row => row is "1b" or "0a" or "1a" or "0b") / 12.0), run.ValidationMetrics.TopKAccuracy, 1e-12);
        Assert.Equal(folds.Average(fold => fold.Average(Loss)), run.ValidationMetrics.LogLoss, 1e-12);
        Assert.Equal(36, run.ValidationMetrics.Rows);
        Assert.Equal(rows.Count(row => row.Label == "b" && row.Answer[1] == 0.5f), run.ValidationMetrics.ConfusionMatrix[1][1]);
        Assert.Equal(rows.Count(row => row.Label == "b" && row.Answer[1] != 0.5f), run.ValidationMetrics.ConfusionMatrix[1][0]);
    }

    /// <summary>What a row answers, 1 for b and 0 for a, and its label.</summary>
    private static IEnumerable<string> Rows(IDataView data)
    {
        var answers = data.GetColumn<float[]>("Answer");
        var labels = data.GetColumn<uint>("Label");
        return answers.Zip(labels, (answer, label) => $"{(answer[1] == 0.5f ? 1 : 0)}{".abc"[(int)label]}");
    }

    private static double Loss(string row) => -Math.Log(row switch { "1a" => 0.25, "1b" => 0.5, "1c" => 0.25, "0a" => 0.625, "0b" => 0.25, _ => 0.125 });
}

using CsCheck;
using Microsoft.ML.Transforms;

namespace Rnn.MLNet.Tests.Experiments.Metrics;

/// <summary>Every metric against numbers worked out on paper, from scores that are given.</summary>
public sealed class ExperimentMetricsTests
{
    private static readonly double Ln2 = Math.Log(2);
    private static readonly double LeastLogarithm = Math.Log(1e-15f);

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 9)]
    [InlineData(3, 11)]
    public void Eleven_rows_have_the_metrics_of_their_counts(int topK, int amongTopK)
    {
        var metrics = Measure(topK, ScriptedRow.Eleven);

        Assert.Equal(["a", "b", "c"], metrics.Classes);
        Assert.Equal<double>([3, 1, 1, 1, 1, 1, 1, 0, 2], metrics.ConfusionMatrix.SelectMany(row => row));
        Assert.Equal(6 / 11.0, metrics.MicroAccuracy, 1e-15);
        Assert.Equal((3 / 5.0 + 1 / 3.0 + 2 / 3.0) / 3, metrics.MacroAccuracy, 1e-15);
        Assert.Equal<double>([3 / 5.0, 1 / 2.0, 2 / 4.0], metrics.PerClassPrecision);
        Assert.Equal<double>([3 / 5.0, 1 / 3.0, 2 / 3.0], metrics.PerClassRecall);
        // The right classes have 1/2 three times, 1/4 four times, 3/4 once, 1 twice, and once nothing, which counts as the least.
        var logLoss = (3 * Ln2 + 4 * 2 * Ln2 - Math.Log(0.75) - LeastLogarithm) / 11;
        Assert.Equal(logLoss, metrics.LogLoss, 1e-12);
        var entropy = -(5 / 11.0 * Math.Log(5 / 11.0) + 2 * 3 / 11.0 * Math.Log(3 / 11.0));
        Assert.Equal((entropy - logLoss) / entropy, metrics.LogLossReduction, 1e-12);
        Assert.Equal(amongTopK / 11.0, metrics.TopKAccuracy, 1e-15);
        Assert.Equal((11, 0, 0), (metrics.Rows, metrics.RowsOfUnknownClass, metrics.RowsWithoutLabel));
    }

    [Fact]
    public void Rows_of_unknown_classes_are_errors_and_one_class_together()
    {
        var metrics = Measure(1, [.. ScriptedRow.Eleven, ScriptedRow.Of("d", 0.5f, 0.25f, 0.25f), ScriptedRow.Of("e", 0, 1, 0), ScriptedRow.Of("e", 1, 0, 0)]);

        Assert.Equal<double>([3, 1, 1, 1, 1, 1, 1, 0, 2], metrics.ConfusionMatrix.SelectMany(row => row));
        Assert.Equal(6 / 14.0, metrics.MicroAccuracy, 1e-15);
        Assert.Equal((3 / 5.0 + 1 / 3.0 + 2 / 3.0 + 0) / 4, metrics.MacroAccuracy, 1e-15);
        Assert.Equal(6 / 14.0, metrics.TopKAccuracy, 1e-15);
        // Two of them were taken for a, one for b.
        Assert.Equal<double>([3 / 7.0, 1 / 3.0, 2 / 4.0], metrics.PerClassPrecision);
        Assert.Equal<double>([3 / 5.0, 1 / 3.0, 2 / 3.0], metrics.PerClassRecall);
        var logLoss = (11 * Ln2 - Math.Log(0.75) - 4 * LeastLogarithm) / 14;
        Assert.Equal(logLoss, metrics.LogLoss, 1e-12);
        var entropy = -(5 / 14.0 * Math.Log(5 / 14.0) + 3 * 3 / 14.0 * Math.Log(3 / 14.0));
        Assert.Equal((entropy - logLoss) / entropy, metrics.LogLossReduction, 1e-12);
        Assert.Equal((14, 3, 0), (metrics.Rows, metrics.RowsOfUnknownClass, metrics.RowsWithoutLabel));
    }

    [Fact]
    public void A_class_that_is_never_predicted_has_no_precision_and_one_without_rows_no_recall()
    {
        var metrics = Measure(1, ScriptedRow.Of("a", 1, 0, 0), ScriptedRow.Of("b", 1, 0, 0));
        Assert.Equal<double>([0.5, double.NaN, double.NaN], metrics.PerClassPrecision);
        Assert.Equal<double>([1, 0, double.NaN], metrics.PerClassRecall);
        Assert.Equal((0.5, 0.5), (metrics.MicroAccuracy, metrics.MacroAccuracy));
    }

    [Fact]
    public void A_model_that_knows_everything_has_no_loss_and_one_that_knows_the_frequencies_no_reduction()
    {
        var perfect = Measure(1, ScriptedRow.Classes);
        Assert.Equal((1, 1, 0, 1), (perfect.MicroAccuracy, perfect.MacroAccuracy, perfect.LogLoss, perfect.LogLossReduction));
        var frequencies = Measure(1, ScriptedRow.Of("a", 0.5f, 0.25f, 0.25f), ScriptedRow.Of("a", 0.5f, 0.25f, 0.25f), ScriptedRow.Of("b", 0.5f, 0.25f, 0.25f), ScriptedRow.Of("c", 0.5f, 0.25f, 0.25f));
        Assert.Equal(1.5 * Ln2, frequencies.LogLoss, 1e-12);
        Assert.Equal(0, frequencies.LogLossReduction, 1e-12);
    }

    [Fact]
    public void A_probability_above_one_counts_as_one()
    {
        var metrics = Measure(1, ScriptedRow.Of("a", 1.0005f, 0, 0), ScriptedRow.Of("b", 0, 0.5f, 0.5f));
        Assert.Equal(Ln2 / 2, metrics.LogLoss, 1e-12);
    }

    [Theory]
    [InlineData(MulticlassClassificationMetric.MicroAccuracy, 1 - 6 / 11.0)]
    [InlineData(MulticlassClassificationMetric.MacroAccuracy, 1 - 1.6 / 3)]
    [InlineData(MulticlassClassificationMetric.TopKAccuracy, 1 - 9 / 11.0)]
    [InlineData(MulticlassClassificationMetric.LogLoss, null)]
    [InlineData(MulticlassClassificationMetric.LogLossReduction, null)]
    public void The_loss_is_what_is_missing_to_the_best_value(MulticlassClassificationMetric metric, double? loss)
    {
        var run = Run(SmallExperiments.Settings with { OptimizingMetric = metric, TopK = 2 }, ScriptedRow.Eleven);
        var metrics = run.ValidationMetrics!;
        Assert.Equal(loss ?? (metric == MulticlassClassificationMetric.LogLoss ? metrics.LogLoss : 1 - metrics.LogLossReduction), run.Loss!.Value, 1e-12);
    }

    [Fact]
    public void Top_one_is_the_micro_accuracy_and_top_all_is_everything_also_where_scores_tie()
    {
        var keys = new MLContext(1).Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(ScriptedRow.View(ScriptedRow.Classes));
        ExperimentMetrics Tally(ScriptedRow[] rows, int topK)
        {
            var scored = keys.Transform(ScriptedRow.View(rows));
            var data = new ExperimentData(scored.Schema, "Label", [], ["a", "b", "c"], "");
            return ScoreTally.Read(scored, data, scored.Schema["Answer"], topK, TestContext.Current.CancellationToken)
                .ToMetrics(data, new ExperimentFold(scored, scored, 0, null, new Dictionary<int, int>(), 0, 0));
        }

        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2].Array[3]).Array[1, 20].Sample(
            rows =>
            {
                var scripted = rows.Select(item => ScriptedRow.Of("abc"[item.Item1].ToString(), [.. item.Item2.Select(score => (float)score)])).ToArray();
                var all = Enumerable.Range(1, 3).Select(topK => Tally(scripted, topK)).ToArray();
                return all[0].TopKAccuracy == all[0].MicroAccuracy && all[1].TopKAccuracy >= all[0].TopKAccuracy && all[2].TopKAccuracy == 1;
            },
            iter: 50, threads: 1, seed: "0000KqkqPRn3");
    }

    private static ExperimentMetrics Measure(int topK, params ScriptedRow[] rows) => Run(SmallExperiments.Settings with { TopK = topK }, rows).ValidationMetrics!;

    private static RnnRunDetail Run(RnnExperimentSettings settings, ScriptedRow[] rows)
    {
        var run = SmallExperiments.Create(settings).Add("scripted", ScriptedRow.Model).Execute(ScriptedRow.View(ScriptedRow.Classes), ScriptedRow.View(rows)).RunDetails[0];
        Assert.True(run.ValidationMetrics is not null, run.Reason);
        return run;
    }
}

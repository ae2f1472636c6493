namespace Rnn.MLNet.Tests.Experiments.Metrics;

/// <summary>Scores that are no numbers, or no probabilities, and where the line between them is.</summary>
public sealed class InvalidScoreTests
{
    [Fact]
    public void Rows_without_finite_scores_are_counted_and_the_first_is_named()
    {
        ScriptedRow[] rows = [.. ScriptedRow.Eleven];
        rows[2].Answer = [0, float.NaN, 1];
        rows[6].Answer = [float.PositiveInfinity, 0, 0];
        Assert.Contains("The score of 2 of 11 validation rows is not a finite number; the first is row 3.", Run(MulticlassClassificationMetric.MicroAccuracy, rows).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_no_probabilities_are_counted_and_the_first_is_described()
    {
        ScriptedRow[] rows = [.. ScriptedRow.Eleven];
        rows[3].Answer = [-0.5f, 1.5f, 0];
        rows[4].Answer = [0.5f, 0.5f, 0.25f];
        var reason = Run(MulticlassClassificationMetric.LogLoss, rows).Reason;
        Assert.Contains("The scores of 2 of 11 validation rows are not probabilities", reason, StringComparison.Ordinal);
        Assert.Contains("the first is row 4, whose least score is -0.5 and whose sum is 1.", reason, StringComparison.Ordinal);
        Assert.Contains("not probabilities", Run(MulticlassClassificationMetric.LogLossReduction, rows).Reason, StringComparison.Ordinal);
        // An accuracy needs none. Row 4 is right now, and was not before; row 5 is wrong as before.
        var metrics = Run(MulticlassClassificationMetric.MicroAccuracy, rows).ValidationMetrics!;
        Assert.Equal(7 / 11.0, metrics.MicroAccuracy, 1e-15);
        Assert.Equal((double.NaN, double.NaN), (metrics.LogLoss, metrics.LogLossReduction));
    }

    [Theory]
    [InlineData(0.9995f, 0f, true)]
    [InlineData(1.0005f, 0f, true)]
    [InlineData(0.998f, 0f, false)]
    [InlineData(1.002f, 0f, false)]
    [InlineData(1.0001f, -0.0001f, false)]
    public void A_sum_may_be_a_thousandth_off_and_no_score_below_zero(float first, float second, bool areProbabilities)
    {
        var run = Run(MulticlassClassificationMetric.LogLoss, [ScriptedRow.Of("a", first, second, 0), ScriptedRow.Of("b", 0, 0.5f, 0.5f)]);
        Assert.Equal(areProbabilities, run.Loss is not null);
        Assert.Equal(!areProbabilities, run.Reason?.Contains("The scores of 1 of 2 validation rows are not probabilities", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void A_metric_that_is_no_number_says_on_how_many_rows_and_classes()
    {
        var run = Run(MulticlassClassificationMetric.LogLossReduction, [ScriptedRow.Of("b", 0, 1, 0), ScriptedRow.Of("b", 0, 1, 0)]);
        Assert.Contains("The metric LogLossReduction is not a finite number (NaN) on these 2 validation rows, which belong to 1 of 3 classes.", run.Reason, StringComparison.Ordinal);
    }

    private static RnnRunDetail Run(MulticlassClassificationMetric metric, ScriptedRow[] rows) => SmallExperiments.Create(SmallExperiments.Settings with { OptimizingMetric = metric })
        .Add("scripted", ScriptedRow.Model).Execute(ScriptedRow.View(ScriptedRow.Classes), ScriptedRow.View(rows)).RunDetails[0];
}

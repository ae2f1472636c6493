namespace Rnn.MLNet.Tests.Experiments.Metrics;

/// <summary>A candidate's model is measured on all validation rows and by their own labels, whatever it does with both.</summary>
public sealed class ChangedRowTests
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void One_that_leaves_rows_out_fails(int rows)
    {
        var run = Run(context => new StubEstimator(SmallExperiments.Linear(context), beforeTransform: data => context.Data.SkipRows(data, 100 - rows)));
        Assert.Contains($"returned {rows} rows for the 100 validation rows", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_puts_its_answers_in_place_of_the_labels_fails()
    {
        var run = Run(context => SmallExperiments.Network(context).Append(context.Transforms.CopyColumns("Label", "PredictedLabel")));
        Assert.Contains("labels of the validation rows differ between the model's input and output", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_changes_the_labels_of_one_class_fails()
    {
        var run = Run(context => SmallExperiments.Linear(context).Append(context.Transforms.CustomMapping<Keyed, Keyed>(
            (row, mapped) => mapped.Label = row.Label == 1 ? 2 : row.Label, null)));
        Assert.Contains("labels of the validation rows differ between the model's input and output", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_whose_score_is_short_in_a_row_fails()
    {
        var run = Run(context => SmallExperiments.Linear(context).Append(context.Transforms.CustomMapping<Scored, Scored>(
            (row, mapped) => mapped.Score = row.Score[0] > 0.5 ? null! : row.Score, null)));
        Assert.Contains("must have 3 values, one per class; it has 0", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_whose_label_is_gone_fails()
    {
        var run = Run(context => SmallExperiments.Linear(context).Append(context.Transforms.DropColumns("Label")));
        Assert.Contains("The label 'Label' is missing from the model's output", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_whose_label_is_no_key_any_more_fails()
    {
        var run = Run(context => SmallExperiments.Linear(context).Append(context.Transforms.Conversion.MapKeyToValue("Label")));
        Assert.Contains("The label 'Label' must still be a key", run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_maps_the_labels_anew_has_the_metrics_of_each_class_under_its_own_name()
    {
        var once = Run(context => context.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 3))).ValidationMetrics!;
        var twice = Run(context => context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.Transforms.RnnClassifier(SmallExperiments.Options(epochs: 3)))).ValidationMetrics!;

        Assert.Equal(["bottom", "middle", "top"], twice.Classes);
        double[] Rows(ExperimentMetrics metrics) => [.. metrics.ConfusionMatrix.Select(row => row.Sum())];
        Assert.Equal(Rows(once), Rows(twice));
        Assert.Equal(3, Rows(once).Distinct().Count());
        Assert.Equal(twice.MicroAccuracy, twice.ConfusionMatrix.Select((row, index) => row[index]).Sum() / 100, 1e-12);
    }

    private sealed class Keyed
    {
        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class Scored
    {
        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }

    private static RnnRunDetail Run(Func<MLContext, IEstimator<ITransformer>> build) => SmallExperiments.Create().Add("candidate", build).Execute(Train, Validation).RunDetails[0];
}

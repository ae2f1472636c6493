namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>How rows are split if the settings do not say it: by their number.</summary>
public sealed class AutomaticSplitTests
{
    private static readonly RnnExperimentSettings Automatic = SmallExperiments.Settings with { ValidationFraction = null };

    [Theory]
    [InlineData(5, 1)]
    [InlineData(30, 6)]
    [InlineData(999, 200)]
    public void Few_rows_are_cross_validated_in_five_folds(int rows, int validated)
    {
        var (trained, run) = Run(Automatic, rows);
        Assert.Equal(5, trained.Count);
        Assert.Equal(rows * 4, trained.Sum());
        Assert.InRange(trained.Min(), rows - validated, rows - validated + 1);
        Assert.Equal(rows, run.ValidationMetrics!.Rows);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    public void Of_a_thousand_rows_or_more_a_fifth_is_held_out(int rows)
    {
        var (trained, run) = Run(Automatic, rows);
        Assert.Equal([rows - 200], trained);
        Assert.Equal(200, run.ValidationMetrics!.Rows);
    }

    [Fact]
    public void Of_fewer_rows_than_folds_one_is_held_out()
    {
        var (trained, run) = Run(Automatic, 4);
        Assert.Equal([3], trained);
        Assert.Equal(1, run.ValidationMetrics!.Rows);
    }

    [Fact]
    public void A_single_row_is_refused() => Assert.Contains(
        "needs at least 2 rows with a label; the training data has 1.", Assert.Throws<ArgumentException>(() => Run(Automatic, 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(30, 0.2, 6)]
    [InlineData(999, 0.2, 200)]
    [InlineData(1000, 0.5, 500)]
    [InlineData(6, 0.5, 3)]
    public void A_fraction_that_is_given_is_held_out_of_any_number_of_rows(int rows, double fraction, int validated)
    {
        var (trained, run) = Run(Automatic with { ValidationFraction = fraction }, rows);
        Assert.Equal([rows - validated], trained);
        Assert.Equal(validated, run.ValidationMetrics!.Rows);
    }

    [Fact]
    public void Rows_without_a_label_do_not_count()
    {
        var (trained, run) = Run(Automatic, 1004, unlabelled: 5);
        Assert.Equal(5, trained.Count);
        Assert.Equal((999, 5), (run.ValidationMetrics!.Rows, run.ValidationMetrics.RowsWithoutLabel));

        (trained, run) = Run(Automatic, 1004, unlabelled: 4);
        Assert.Equal([804], trained);
        Assert.Equal((200, 4), (run.ValidationMetrics!.Rows, run.ValidationMetrics.RowsWithoutLabel));

        (trained, run) = Run(Automatic, 12, unlabelled: 8);
        Assert.Equal([11], trained);
        Assert.Equal((1, 8), (run.ValidationMetrics!.Rows, run.ValidationMetrics.RowsWithoutLabel));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(1000)]
    public void It_is_the_same_experiment_as_one_that_says_how(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("automatic-split-").FullName;
        RnnExperiment Experiment(double? fraction) =>
            SmallExperiments.Create(Automatic with { WorkingDirectory = folder, ValidationFraction = fraction }).Add("scripted", ScriptedRow.Model);
        var data = Data(rows);
        var automatic = Experiment(null).Execute(data);
        var explicitly = rows < 1000 ? Experiment(null).Execute(data, numberOfCVFolds: 5) : Experiment(0.2).Execute(data);
        Directory.Delete(folder, recursive: true);
        Assert.Equal((0, 1), (automatic.FromJournal, explicitly.FromJournal));
        Assert.Equal(rows < 1000 ? 5 : 1, automatic.Folds);
        Assert.Equal(automatic.Folds, explicitly.Folds);
    }

    [Fact]
    public void A_validation_set_of_its_own_is_used_whatever_the_number_of_rows()
    {
        List<int> trained = [];
        var run = Experiment(Automatic, trained).Execute(Data(30), Data(7)).RunDetails.Single();
        Assert.Equal([30], trained);
        Assert.Equal(7, run.ValidationMetrics!.Rows);
    }

    private static (List<int> Trained, RnnRunDetail Run) Run(RnnExperimentSettings settings, int rows, int unlabelled = 0)
    {
        List<int> trained = [];
        var run = Experiment(settings, trained).Execute(Data(rows, unlabelled)).RunDetails.Single();
        Assert.True(run.ValidationMetrics is not null, run.Reason);
        return (trained, run);
    }

    private static RnnExperiment Experiment(RnnExperimentSettings settings, List<int> trained) => SmallExperiments.Create(settings).Add("scripted", context => new StubEstimator(
        ScriptedRow.Model(context), rows => trained.Add(rows.GetColumn<float[]>("Answer").Count())));

    private static IDataView Data(int rows, int unlabelled = 0) =>
        ScriptedRow.View([.. Enumerable.Range(0, rows).Select(row => ScriptedRow.Of(row < unlabelled ? "" : "abc"[row % 3].ToString(), 0.5f, 0.25f, 0.25f))]);
}

namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>The seed, the classes and the time that trials get, and what of them is remembered.</summary>
public sealed class TrialContextTests
{
    private static readonly IDataView Rows = ScriptedRow.View([.. Enumerable.Range(0, 30).Select(row => ScriptedRow.Of("abc"[row % 3].ToString(), row, 0, 0))]);

    [Fact]
    public void The_context_of_a_trial_has_the_seed_of_the_experiment()
    {
        float[] Drawn(int seed)
        {
            float[] drawn = [];
            SmallExperiments.Create(SmallExperiments.Settings with { Seed = seed }).Add("draws", context =>
            {
                drawn = [.. context.Data.TrainTestSplit(Rows, testFraction: 0.5).TestSet.GetColumn<float[]>("Answer").Select(answer => answer[0])];
                return ScriptedRow.Model(context);
            }).Execute(Rows, Rows);
            return drawn;
        }

        Assert.NotEmpty(Drawn(3));
        Assert.Equal(Drawn(3), Drawn(3));
        Assert.NotEqual(Drawn(3), Drawn(4));
        Assert.Equal(new MLContext(3).Data.TrainTestSplit(Rows, testFraction: 0.5).TestSet.GetColumn<float[]>("Answer").Select(answer => answer[0]), Drawn(3));
    }

    [Fact]
    public void Classes_are_in_the_order_of_their_values_whatever_the_order_of_the_rows()
    {
        ScriptedRow[] rows = [.. ScriptedRow.Classes.AsEnumerable().Reverse()];
        Assert.Equal(["a", "b", "c"], Classes(ScriptedRow.View(rows)));
        Assert.Equal(["2", "9", "10"], Classes(new MLContext(1).Data.LoadFromEnumerable([Numbered(10), Numbered(2), Numbered(9)])));
        var definition = SchemaDefinition.Create(typeof(KeyedRow));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), 3);
        // Keys without values are called by their numbers.
        Assert.Equal(["1", "2", "3"], Classes(new MLContext(1).Data.LoadFromEnumerable([Keyed(3), Keyed(1)], definition)));
    }

    [Fact]
    public void A_trial_whose_time_was_over_is_not_run_again()
    {
        var folder = Directory.CreateTempSubdirectory("time-over-").FullName;
        var builds = 0;
        ExperimentResult Run() => SmallExperiments.Create(SmallExperiments.Settings with { MaxTrialTimeInSeconds = 0.3, WorkingDirectory = folder }).Add("slow", (context, trial) =>
        {
            builds++;
            trial.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            trial.CancellationToken.ThrowIfCancellationRequested();
            return ScriptedRow.Model(context);
        }).Execute(Rows, Rows);
        var (before, after) = (Run(), Run());
        Directory.Delete(folder, recursive: true);
        Assert.Equal((0, 1), (before.FromJournal, after.FromJournal));
        Assert.Equal(1, builds);
        Assert.Equal(before.RunDetails[0].Reason, after.RunDetails[0].Reason);
        Assert.Equal(before.RunDetails[0].OvershootInSeconds, after.RunDetails[0].OvershootInSeconds);
        Assert.Null(after.BestRun);
    }

    [Fact]
    public void A_search_is_one_of_successive_halving_unless_another_is_asked_for()
    {
        // The rows have no weights, so that no network is trained.
        var options = SmallExperiments.Options(epochs: 9) with { FeatureColumnName = "Answer", TimeSteps = 3, BatchSize = 1, ExampleWeightColumnName = "Weight" };
        int? Steps(ISearchStrategy? strategy) => SmallExperiments.Create(SmallExperiments.Settings with { MaxTrials = 1 }).AddSearch("search", SmallExperiments.Space, options, strategy).Execute(Rows, Rows).RunDetails[0].Steps;
        Assert.Equal(270, Steps(new RandomSearch()));
        Assert.Equal(270, Steps(null));
        options = options with { Epochs = 10 };
        Assert.Equal(100, Steps(null));
    }

    [Fact]
    public void An_experiment_that_is_cancelled_before_it_begins_reads_nothing()
    {
        var observed = new ObservedView(Rows);
        var result = SmallExperiments.Create().Add("first", ScriptedRow.Model).Add("second", ScriptedRow.Model).Execute(observed, Rows, cancellationToken: new CancellationToken(canceled: true));
        Assert.Equal(ExperimentEnd.Canceled, result.EndedBy);
        Assert.Equal(["first", "second"], result.NotRun);
        Assert.Empty(result.RunDetails);
        Assert.Equal((0, 0, 0), (observed.RowsRead, result.OvershootInSeconds, result.FromJournal));
        Assert.InRange(result.ElapsedInSeconds, 0, 59);
        Assert.Null(result.BestRun);
        Assert.Null(result.BestModelPath);
        Assert.NotEmpty(result.Environment);
    }

    private static IReadOnlyList<string> Classes(IDataView rows)
    {
        var run = SmallExperiments.Create().Add("scripted", ScriptedRow.Model).Execute(rows, rows).RunDetails[0];
        Assert.True(run.ValidationMetrics is not null, run.Reason);
        return run.ValidationMetrics.Classes;
    }

    private static NumberedRow Numbered(float label) => new() { Label = label };

    private static KeyedRow Keyed(uint label) => new() { Label = label };

    private sealed class NumberedRow
    {
        [VectorType(3)]
        public float[] Answer { get; set; } = [0.5f, 0.25f, 0.25f];

        public float Label { get; set; }
    }

    private sealed class KeyedRow
    {
        [VectorType(3)]
        public float[] Answer { get; set; } = [0.5f, 0.25f, 0.25f];

        public uint Label { get; set; }
    }
}

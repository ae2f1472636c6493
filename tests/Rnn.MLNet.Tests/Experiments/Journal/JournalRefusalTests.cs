using System.Text;

namespace Rnn.MLNet.Tests.Experiments.Journal;

/// <summary>What the journal and its folder must not be used for.</summary>
public sealed class JournalRefusalTests : IDisposable
{
    private static readonly IDataView Train = Bar.View(60), Validation = Bar.View(20, seed: 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-refusal-").FullName;

    private string Journal => Directory.GetFiles(_folder, "journal.jsonl", SearchOption.AllDirectories).Single();

    private RnnExperimentSettings Settings => SmallExperiments.Settings with { WorkingDirectory = _folder };

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void A_second_experiment_on_the_folder_is_refused_before_it_reads_anything()
    {
        Exception? second = null;
        var observed = new ObservedView(Train);
        var result = SmallExperiments.Create(Settings).Add("first", context => new StubEstimator(SmallExperiments.Bayes(context), _ =>
            second = Record.Exception(() => SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(observed, Validation)))).Execute(Train, Validation);

        Assert.Contains($"uses the WorkingDirectory '{_folder}'", Assert.IsType<IOException>(second).Message, StringComparison.Ordinal);
        Assert.Equal(0, observed.CursorsOpened);
        Assert.NotNull(result.BestRun);
        Assert.NotNull(SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation).BestRun);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_anything_is_read()
    {
        var observed = new ObservedView(Train);
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var error = Assert.Throws<IOException>(() =>
            SmallExperiments.Create(Settings with { WorkingDirectory = Path.Combine(file, "folder") }).Add("first", SmallExperiments.Bayes).Execute(observed, Validation));
        Assert.Contains("WorkingDirectory", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, observed.CursorsOpened);
    }

    [Fact]
    public void Files_without_a_journal_are_not_used()
    {
        RnnExperiment Search() => SmallExperiments.Create(Settings with { MaxTrials = 2 }).AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch());
        Search().Execute(Train, Validation);
        var folder = Path.GetDirectoryName(Journal)!;
        var checkpoints = Directory.GetFiles(folder, "search-*");
        Assert.NotEmpty(checkpoints);
        Array.ForEach(checkpoints, path => File.WriteAllText(path, "of another time"));
        var model = Path.Combine(folder, "model-77.zip");
        File.WriteAllText(model, "of another time");
        File.Delete(Journal);

        var result = Search().Execute(Train, Validation);
        Assert.All(result.RunDetails, run => Assert.Null(run.Exception));
        Assert.False(File.Exists(model));
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("{}", "key is missing")]
    [InlineData("[]", "JSON")]
    [InlineData("17", "JSON")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1}", "run is missing")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":null}", "run is missing")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":\"NaN\",\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"exception\":\"e\"}}", "elapsedInSeconds")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":-1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"exception\":\"e\"}}", "elapsedInSeconds")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":\"1\",\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"exception\":\"e\"}}", "JSON")]
    [InlineData("{\"key\":\"first\",\"key\":\"second\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"exception\":\"e\"}}", "key")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trainerName\":\"first\",\"exception\":\"e\"}}", "trialId")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1e9,\"trainerName\":\"first\",\"exception\":\"e\"}}", "trialId")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":null,\"exception\":\"e\"}}", "trainerName")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\"}}", "exception")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"exception\":\"e\",\"settings\":null}}", "settings")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"exception\":\"e\",\"learningCurve\":[null]}}", "learningCurve")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"exception\":\"e\",\"runtimeInSeconds\":\"Infinity\"}}", "runtimeInSeconds")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"loss\":\"NaN\",\"microAccuracy\":1,\"macroAccuracy\":1,\"logLoss\":null,\"logLossReduction\":null,\"topKAccuracy\":1,\"classes\":[],\"perClassPrecision\":[],\"perClassRecall\":[],\"confusionMatrix\":[]}}", "loss is missing or not finite")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"loss\":0,\"microAccuracy\":1}}", "macroAccuracy")]
    [InlineData("{\"key\":\"first\",\"elapsedInSeconds\":1,\"run\":{\"trialId\":1,\"trainerName\":\"first\",\"loss\":0,\"microAccuracy\":1,\"macroAccuracy\":1,\"topKAccuracy\":1}}", "classes")]
    public void A_line_that_makes_no_sense_is_refused_by_its_number(string line, string names)
    {
        SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation);
        File.WriteAllText(Journal, "\n" + line + "\n");
        var error = Assert.Throws<InvalidDataException>(() => SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation));
        Assert.Contains($"Line 2 of the journal '{Journal}' is damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains(names, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_is_there_twice_is_refused()
    {
        SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation);
        File.AppendAllText(Journal, File.ReadAllText(Journal));
        var error = Assert.Throws<InvalidDataException>(() => SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation));
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("'first' is already in an earlier line", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_digit_is_noticed()
    {
        SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation);
        var text = File.ReadAllText(Journal);
        var place = text.IndexOf("\"microAccuracy\":0.", StringComparison.Ordinal) + "\"microAccuracy\":0.".Length;
        File.WriteAllText(Journal, text.Remove(place, 1).Insert(place, text[place] == '9' ? "8" : "9"));

        var error = Assert.Throws<InvalidDataException>(() => SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation));

        Assert.Contains("Line 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(Journal, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_an_editor_saved_is_read()
    {
        SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation);
        File.WriteAllText(Journal, File.ReadAllText(Journal).ReplaceLineEndings("\r\n") + "\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(1, SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation).FromJournal);
    }

    [Fact]
    public void Trials_that_nobody_asks_for_do_not_prolong_an_experiment_that_is_over()
    {
        RnnExperiment Search(double seconds) => SmallExperiments.Create(Settings with { MaxExperimentTimeInSeconds = seconds, MaxTrials = seconds > 50 ? 1 : null })
            .AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(), new RandomSearch());
        Search(60).Execute(Train, Validation);
        File.AppendAllText(Journal, LineChecksum.Append("{\"key\":\"nobody\",\"elapsedInSeconds\":40,\"run\":{\"trialId\":9,\"trainerName\":\"nobody\",\"exception\":\"e\"}}") + "\n");
        var again = SmallExperiments.WithoutHanging(() => Search(30).Execute(Train, Validation));

        Assert.Equal(1, again.FromJournal);
        Assert.Equal(ExperimentEnd.MaxTime, again.EndedBy);
    }

    [Fact]
    public void A_torn_line_that_is_longer_than_the_next_leaves_nothing()
    {
        RnnExperiment Experiment() => SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Add("second", _ => throw new InvalidOperationException("it broke"));
        SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Add("second", _ => throw new InvalidOperationException("it broke")).Execute(Train, Validation);
        var lines = File.ReadAllLines(Journal);
        File.WriteAllText(Journal, lines[0] + "\n" + new string('x', 100_000));
        Experiment().Execute(Train, Validation);

        Assert.Equal(2, File.ReadAllLines(Journal).Length);
        Assert.True(new FileInfo(Journal).Length < 10_000);
        Assert.Equal(2, Experiment().Execute(Train, Validation).FromJournal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_best_model_that_is_damaged_or_gone_is_named(bool gone)
    {
        var path = SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation).BestModelPath!;
        if (gone)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllText(path, "no zip");
        }

        var error = Assert.Throws<InvalidDataException>(() => SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("delete the folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_is_resumed_under_another_culture()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        comma.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        RnnExperiment Search(int trials) => SmallExperiments.Create(Settings with { MaxTrials = trials, ValidationFraction = 0.25, Seed = -3 })
            .AddSearch("search", SmallExperiments.Space with { Cells = [new BasicLstmCell(8) { ForgetBias = 0.5 }] }, SmallExperiments.Options() with { WeightDecay = 0.001 }, new RandomSearch());
        var before = Search(1).Execute(Train).RunDetails[0];
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = comma;
        try
        {
            var after = Search(2).Execute(Train);
            Assert.Equal(1, after.FromJournal);
            Assert.Equal(before.Settings, after.RunDetails[0].Settings);
            Assert.Equal(before.ValidationMetrics!.LogLoss, after.RunDetails[0].ValidationMetrics!.LogLoss);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Other_preprocessing_begins_anew()
    {
        var context = new MLContext(1);
        ExperimentResult Run(IEstimator<ITransformer>? prefix) => SmallExperiments.Create(Settings).Add("first", SmallExperiments.Bayes).Execute(Train, Validation, preFeaturizer: prefix);
        Assert.Equal(0, Run(null).FromJournal);
        Assert.Equal(0, Run(context.Transforms.NormalizeMinMax("Features")).FromJournal);
        Assert.Equal(0, Run(context.Transforms.NormalizeMeanVariance("Features")).FromJournal);
        Assert.Equal(1, Run(context.Transforms.NormalizeMinMax("Features")).FromJournal);
    }

    [Fact]
    public void Another_value_in_a_column_of_any_type_begins_anew()
    {
        Check(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Unspecified), new DateTime(2026, 1, 2, 0, 0, 1, DateTimeKind.Unspecified));
        Check(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.FromHours(1)));
        Check(TimeSpan.FromTicks(1), TimeSpan.FromTicks(2));
        Check<sbyte>(-1, 1);
        Check<short>(1, 2);
        Check<ushort>(1, 2);
        Check<ulong>(1, 2);
        Check(new DataViewRowId(1, 2), new DataViewRowId(1, 3));
        Check("one", "two");
        Check(new[] { "a", "bc" }, ["ab", "c"]);
        Check(new[] { 1, 2 }, [1, 3]);
        Check(new long[] { 1, 2 }, [1, 3]);
        Check(new byte[] { 1, 2 }, [1, 3]);
        Check(new[] { true, false }, [true, true]);
        Check(new double[] { 1, 2 }, [1, 3]);
    }

    [Fact]
    public void Sparse_and_dense_vectors_of_the_same_values_are_the_same()
    {
        var (dense, sparse) = (new VBuffer<float>(4, [0, 7, 0, 0]), new VBuffer<float>(4, 1, [7], [1]));
        Assert.Equal(0, Run(dense).FromJournal);
        Assert.Equal(1, Run(sparse).FromJournal);
        Assert.Equal(0, Run(new VBuffer<float>(4, 1, [7], [2])).FromJournal);
    }

    private void Check<T>(T before, T after)
    {
        Assert.Equal(0, Run(before).FromJournal);
        Assert.True(Run(before).FromJournal == 1, $"{typeof(T)}: the same value");
        Assert.True(Run(after).FromJournal == 0, $"{typeof(T)}: another value");
        Directory.Delete(_folder, recursive: true);
    }

    private ExperimentResult Run<T>(T extra)
    {
        IDataView View(int count, int seed) => new MLContext().Data.LoadFromEnumerable(
            Bar.Rows(count, seed).Select(row => new Extended<T> { Features = row.Features, Label = row.Label, Extra = extra }).ToArray());
        return SmallExperiments.Create(Settings).Add("fails", _ => throw new InvalidOperationException("it broke")).Execute(View(12, 1), View(6, 2));
    }

    private sealed class Extended<T>
    {
        [VectorType(Bar.Steps * Bar.Width)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";

        public T Extra { get; set; } = default!;
    }
}

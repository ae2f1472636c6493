namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>What of the data an experiment holds in memory, what it reads again, and when it stops.</summary>
public sealed class HeldRowsTests
{
    private static readonly RnnExperimentSettings Settings = SmallExperiments.Settings;

    [Theory]
    [InlineData(true, 11, 11)]
    [InlineData(false, 22, 33)]
    public void Rows_are_read_once_if_they_may_be_held_and_each_time_if_not(bool hold, int first, int afterwards)
    {
        var source = new ObservedView(ScriptedRow.View(ScriptedRow.Eleven));
        var held = Read(source, hold);
        // What is not held is read twice, to see whether it is the same.
        Assert.Equal(first, source.RowsRead);
        Assert.Equal(hold ? ["Answer", "Label"] : ["Label"], source.ColumnsAsked.Keys.Order());
        Assert.Equal(11, held.View.GetColumn<float[]>("Answer").Count());
        Assert.Equal(afterwards, source.RowsRead);
    }

    [Fact]
    public void A_column_that_cannot_be_held_keeps_the_others_from_it()
    {
        var source = new ObservedView(new MLContext(1).Data.LoadFromEnumerable([new Signed { Label = "a" }, new Signed { Label = "a" }]));
        Read(source, hold: true);
        Assert.Equal(4, source.RowsRead);
        Assert.Equal(["Label"], source.ColumnsAsked.Keys);
    }

    [Fact]
    public void Rows_that_have_other_labels_when_they_are_read_again_are_refused()
    {
        var readings = 0;
        IEnumerable<ScriptedRow> Rows()
        {
            readings++;
            yield return ScriptedRow.Of("a", 1, 0, 0);
            yield return ScriptedRow.Of("b", 1, 0, 0);
            yield return ScriptedRow.Of(readings == 1 ? "a" : "b", 1, 0, 0);
        }

        var error = Assert.Throws<ArgumentException>(() => Read(new MLContext(1).Data.LoadFromEnumerable(Rows()), hold: false));
        Assert.StartsWith("The training data had 3 rows when first read, but 3 or different rows when read again.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_come_later_than_the_labels_were_read_are_left_out()
    {
        var rows = new HeldRows(ScriptedRow.View(ScriptedRow.Eleven), [0, 1, LabelValues.Missing, 0]);
        Assert.Equal(4, rows.Select(_ => true, default).GetColumn<string>("Label").Count());
        Assert.Equal(3, rows.SelectLabelled(default).GetColumn<string>("Label").Count());
        Assert.Equal((4, 3), (rows.Select(_ => true, default).GetRowCount(), rows.SelectLabelled(default).GetRowCount()));
    }

    [Theory]
    [InlineData(true, 14, 14)]
    [InlineData(false, 28, 42)]
    public void Preprocessing_is_worked_out_once_before_the_first_trial_if_its_rows_may_be_held(bool hold, int once, int twice)
    {
        var worked = 0;
        var prefix = new MLContext(1).Transforms.CustomMapping<Asked, Summed>(
            (row, result) =>
            {
                Interlocked.Increment(ref worked);
                result.Sum = row.Answer.Sum();
            },
            null);
        var fold = Reader(Settings with { CacheBeforeTrainer = hold }, prefix).Split(ScriptedRow.View(ScriptedRow.Eleven), ScriptedRow.View(ScriptedRow.Classes)).Folds[0];
        Assert.Equal(14, worked);
        foreach (var all in (int[])[once, twice])
        {
            Assert.Equal(11, fold.Train.GetColumn<float>("Sum").Count());
            Assert.Equal(3, fold.Validation.GetColumn<float>("Sum").Count());
            Assert.Equal(all, worked);
        }
    }

    [Fact]
    public void Without_preprocessing_nothing_is_held_a_second_time()
    {
        var fold = Reader(Settings).Split(Keyed(0, 1, 2, 0, 1, 2)).Folds[0];
        Assert.IsType<SelectedRows>(fold.Train);
        Assert.IsType<SelectedRows>(fold.Validation);
        Assert.Null(fold.Prefix);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_reading_of_what_preprocessing_gives_ends_with_the_token(int reading)
    {
        using var stop = new CancellationTokenSource();
        var (readings, read) = (0, 0);
        IEnumerable<KeyedRow> Rows()
        {
            readings++;
            for (var row = 0; row < 50; row++)
            {
                if (readings == reading && row == 3)
                {
                    stop.Cancel();
                }

                read++;
                yield return new KeyedRow { Label = 1 };
            }
        }

        // Rows of its own, which do not know the token: to fill the memory with the rows to train on and to validate on, then for the classes of both.
        var prefix = new StubEstimator(new MLContext(1).Transforms.DropColumns("Answer"), beforeTransform: _ => View(Rows()));
        var reader = new ExperimentReader(Settings with { CacheBeforeTrainer = false }, "Label", prefix, stop.Token);
        Assert.Throws<OperationCanceledException>(() => reader.Split(Keyed(0, 1), Keyed(0, 1)));
        Assert.Equal((reading, (reading - 1) * 50 + 4), (readings, read));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_fingerprint_is_that_of_all_rows_and_of_the_split(bool prefix)
    {
        var settings = Settings with { WorkingDirectory = "some" };
        var transforms = prefix ? new MLContext(1).Transforms.CopyColumns("Copy", "Answer") : null;
        string Of(IDataView train, IDataView validation) => Reader(settings, transforms).Split(train, validation).Fingerprint;
        ScriptedRow[] rows = ScriptedRow.Classes, others = [.. rows[..2], ScriptedRow.Of("c", 0, 0, 2)];
        IDataView one = ScriptedRow.View(rows), other = ScriptedRow.View(others);
        string[] different =
        [
            Of(one, one), Of(one, other), Of(other, one), Of(other, other), Reader(settings, transforms).CrossValidate(ScriptedRow.View(ScriptedRow.Eleven), 2).Fingerprint,
            Reader(settings, transforms).CrossValidate(ScriptedRow.View(ScriptedRow.Eleven), 3).Fingerprint, Reader(settings, transforms).Split(ScriptedRow.View(ScriptedRow.Eleven)).Fingerprint,
            Reader(settings with { ValidationFraction = 0.21 }, transforms).Split(ScriptedRow.View(ScriptedRow.Eleven)).Fingerprint,
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
        Assert.All(different, fingerprint => Assert.Matches("^[0-9A-F]{64}$", fingerprint));
        Assert.Equal(different[0], Of(ScriptedRow.View(rows), ScriptedRow.View(rows)));
        Assert.Equal("", Reader(Settings, transforms).Split(one, one).Fingerprint);
    }

    private static HeldRows Read(IDataView rows, bool hold) => HeldRows.Read(new MLContext(1), rows, "Label", "training", hold, TestContext.Current.CancellationToken);

    private static ExperimentReader Reader(RnnExperimentSettings settings, IEstimator<ITransformer>? prefix = null) => new(settings, "Label", prefix, TestContext.Current.CancellationToken);

    private static IDataView Keyed(params uint[] labels) => View(labels.Select(label => new KeyedRow { Label = label }));

    private static IDataView View(IEnumerable<KeyedRow> rows) => new MLContext(1).Data.LoadFromEnumerable(rows);

    private sealed class KeyedRow
    {
        [VectorType(3)]
        public float[] Answer { get; set; } = [0.5f, 0.25f, 0.25f];

        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class Asked
    {
        [VectorType(3)]
        public float[] Answer { get; set; } = [];
    }

    private sealed class Summed
    {
        public float Sum { get; set; }
    }

    private sealed class Signed
    {
        public string Label { get; set; } = "";

        [OpaqueValue.Values]
        public OpaqueValue Signature { get; set; }
    }
}

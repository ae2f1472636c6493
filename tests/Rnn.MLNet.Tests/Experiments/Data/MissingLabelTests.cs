namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>Rows without a label are left out of the validation and counted, whatever the label's type and however rows are split.</summary>
public sealed class MissingLabelTests
{
    [Theory]
    [InlineData("set")]
    [InlineData("fraction")]
    [InlineData("folds")]
    public void An_empty_text_is_none(string split) => Check(split, index => index % 4 == 3 ? "" : "abc"[index % 4].ToString());

    [Theory]
    [InlineData("set")]
    [InlineData("fraction")]
    [InlineData("folds")]
    public void NaN_is_none(string split)
    {
        Check(split, index => index % 4 == 3 ? float.NaN : index % 4);
        Check(split, index => index % 4 == 3 ? double.NaN : index % 4);
    }

    [Theory]
    [InlineData("set")]
    [InlineData("fraction")]
    [InlineData("folds")]
    public void A_missing_key_is_none(string split) => Check(split, index => (uint)(index + 1) % 4, new KeyDataViewType(typeof(uint), 3));

    [Fact]
    public void Zero_is_a_label_unless_it_is_a_key()
    {
        Assert.Equal((40, 40), Counts(index => index % 4));
        Assert.Equal((40, 40), Counts(index => index % 4 > 1));
        Assert.Equal((40, 30), Counts(index => (uint)index % 4, new KeyDataViewType(typeof(uint), 3)));
        Assert.Equal((40, 30), Counts(index => (byte)(index % 4), new KeyDataViewType(typeof(byte), 3)));
    }

    [Fact]
    public void Labels_are_numbered_as_they_come()
    {
        var rows = Held(["b", "", "a", "b", "c", "a"]);
        Assert.Equal([0, -1, 1, 0, 2, 1], rows.Labels);
        Assert.Equal((5, 1), (rows.Labelled, rows.WithoutLabel));
        Assert.Equal([-1, 0, 1, 0], Held([float.NaN, 2.5f, -1, 2.5f]).Labels);
    }

    [Fact]
    public void Data_of_such_rows_alone_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Held(["", ""]));
        Assert.Contains("None of the 2 rows of the training data has a label in the column 'Label'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("The training data has no rows.", Assert.Throws<ArgumentException>(() => Held<string>([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_selected_by_their_place()
    {
        var rows = Held(["b", "", "a", "b", "c", "a"]);
        Assert.Equal(["", "b"], Labels(rows.Select(row => row is 1 or 3, TestContext.Current.CancellationToken)));
        Assert.Equal(["b", "a", "b", "c", "a"], Labels(rows.SelectLabelled(TestContext.Current.CancellationToken)));
        Assert.Equal((2, 5), (rows.Select(row => row is 1 or 3, default).GetRowCount(), rows.SelectLabelled(default).GetRowCount()));
    }

    private static void Check<T>(string split, Func<int, T> label, DataViewType? type = null)
    {
        var data = View([.. Enumerable.Range(0, 40).Select(label)], type);
        List<int> trained = [], validated = [];
        var experiment = SmallExperiments.Create(SmallExperiments.Settings with { ValidationFraction = 0.2 }).Add("scripted", context => new StubEstimator(
            ScriptedRow.Model(context),
            rows => trained.Add(rows.GetColumn<float[]>("Answer").Count()),
            beforeTransform: rows =>
            {
                validated.Add(rows.GetColumn<float[]>("Answer").Count());
                return rows;
            }));
        var result = split switch
        {
            "set" => experiment.Execute(data, data),
            "fraction" => experiment.Execute(data),
            _ => experiment.Execute(data, numberOfCVFolds: 3),
        };
        var metrics = result.RunDetails[0].ValidationMetrics;
        Assert.True(metrics is not null, result.RunDetails[0].Reason);

        // Ten of the forty have no label; training has to deal with them by itself.
        int[] expectedTrained, expectedValidated;
        (expectedTrained, expectedValidated) = split switch
        {
            "set" => ((int[])[40], (int[])[30]),
            "fraction" => ([34], [6]),
            _ => ([26, 27, 27], [10, 10, 10]),
        };
        Assert.Equal(expectedTrained, trained.Order());
        Assert.Equal(expectedValidated, validated);
        Assert.Equal((expectedValidated.Sum(), 0, 10), (metrics.Rows, metrics.RowsOfUnknownClass, metrics.RowsWithoutLabel));
        Assert.Equal(expectedValidated.Sum(), metrics.ConfusionMatrix.Sum(row => row.Sum()));
    }

    private static (int Rows, int Labelled) Counts<T>(Func<int, T> label, DataViewType? type = null)
    {
        var rows = Held([.. Enumerable.Range(0, 40).Select(label)], type);
        return (rows.Labels.Count, rows.Labelled);
    }

    private static HeldRows Held<T>(T[] labels, DataViewType? type = null) =>
        HeldRows.Read(new MLContext(1), View(labels, type), "Label", "training", hold: true, TestContext.Current.CancellationToken);

    private static IDataView View<T>(T[] labels, DataViewType? type)
    {
        var definition = SchemaDefinition.Create(typeof(Row<T>));
        definition["Label"].ColumnType = type ?? definition["Label"].ColumnType;
        return new MLContext(1).Data.LoadFromEnumerable(labels.Select(label => new Row<T> { Label = label }).ToArray(), definition);
    }

    private static IEnumerable<string> Labels(IDataView rows) => rows.GetColumn<string>("Label");

    private sealed class Row<T>
    {
        [VectorType(3)]
        public float[] Answer { get; set; } = [0.5f, 0.25f, 0.25f];

        public T Label { get; set; } = default!;
    }
}

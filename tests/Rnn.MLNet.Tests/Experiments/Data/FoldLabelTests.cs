namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>The label before and after the preprocessing, and which of its classes are known.</summary>
public sealed class FoldLabelTests
{
    [Fact]
    public void A_label_that_the_data_lack_is_named_however_they_are_split()
    {
        var rows = ScriptedRow.View(ScriptedRow.Eleven);
        Func<ExperimentData>[] splits = [() => Reader(null, "Colour").Split(rows), () => Reader(null, "Colour").Split(rows, rows), () => Reader(null, "Colour").CrossValidate(rows, 2)];
        Assert.All(splits, split => Assert.Equal("The training data has no label column 'Colour'; its columns are 'Answer', 'Label'.", Assert.Throws<ArgumentException>(split).Message));
    }

    [Fact]
    public void A_label_that_preprocessing_takes_away_or_spoils_is_named()
    {
        var transforms = new MLContext(1).Transforms;
        string Message(IEstimator<ITransformer> prefix) =>
            Assert.Throws<ArgumentException>(() => Reader(prefix).Split(ScriptedRow.View(ScriptedRow.Eleven), ScriptedRow.View(ScriptedRow.Classes))).Message;
        Assert.Equal("The label column 'Label' is missing after the preprocessing.", Message(transforms.DropColumns("Label")));
        Assert.Equal("The label column 'Label' must be a key, a text or a number; it is Vector<Single, 3>.", Message(transforms.CopyColumns("Label", "Answer")));
    }

    [Fact]
    public void A_vector_is_a_label_if_preprocessing_makes_one_of_it()
    {
        var rows = View(new Raw { Label = [2, 0] }, new Raw { Label = [7, 0] }, new Raw { Label = [2, 1] }, new Raw { Label = [7, 1] });
        Assert.Equal([0, 0, 0, 0], HeldRows.Read(new MLContext(1), rows, "Label", "training", hold: true, TestContext.Current.CancellationToken).Labels);
        var prefix = new MLContext(1).Transforms.CustomMapping<Raw, Made>((row, made) => made.Label = row.Label[0], null);
        var data = Reader(prefix).CrossValidate(rows, 2);
        Assert.Equal(["2", "7"], data.Classes);
        Assert.Equal([2, 2], data.Folds.Select(fold => fold.ValidationClasses.Values.Sum()));
        Assert.All(data.Folds, fold => Assert.Equal(0, fold.RowsWithoutLabel));
    }

    [Fact]
    public void Classes_that_no_row_to_train_on_has_are_unknown_with_and_without_a_key()
    {
        var fold = Reader().Split(ScriptedRow.View(ScriptedRow.Classes[..2]), ScriptedRow.View([.. ScriptedRow.Eleven, ScriptedRow.Of("", 1, 0, 0)])).Folds[0];
        Assert.Equal([(-1, 3), (0, 5), (1, 3)], fold.ValidationClasses.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal((3, 1), (fold.RowsOfUnknownClass, fold.RowsWithoutLabel));

        // From 0; 3 is none of them.
        fold = Reader().Split(Keyed(0, 0, 1), Keyed(2, 0, 2, 3, 1, 2)).Folds[0];
        Assert.Equal([(0, 1), (1, 1), (2, 3)], fold.ValidationClasses.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal((3, 1), (fold.RowsOfUnknownClass, fold.RowsWithoutLabel));
    }

    [Fact]
    public void Maps_that_preprocessing_fits_fold_by_fold_are_made_one()
    {
        // In the order in which the rows of a fold come, so that the folds number the classes differently.
        var rows = ScriptedRow.View([.. "bacabcabc".Select(label => ScriptedRow.Of($"{label}", 1, 0, 0))]);
        var data = Reader(new MLContext(1).Transforms.Conversion.MapValueToKey("Label")).CrossValidate(rows, 3);
        Assert.Equal(["a", "b", "c"], data.Classes);
        Assert.All(data.Folds, fold => Assert.Equal(data.Classes, LabelKeys.Of(fold.Train.Schema["Label"]).Names!));
        Assert.Equal([3, 3, 3], Enumerable.Range(0, 3).Select(label => data.Folds.Sum(fold => fold.ValidationClasses.GetValueOrDefault(label))));
        Assert.All(data.Folds, fold => Assert.Equal(9, fold.ValidationClasses.Values.Sum() + fold.Train.GetColumn<uint>("Label").Count()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void One_fold_that_numbers_the_classes_otherwise_is_enough(int odd)
    {
        ITransformer Map(IEnumerable<ScriptedRow> rows) => new MLContext(1).Transforms.Conversion.MapValueToKey("Label").Fit(ScriptedRow.View([.. rows]));
        var (straight, reversed) = (Map(ScriptedRow.Classes), Map(ScriptedRow.Classes.AsEnumerable().Reverse()));
        var fits = 0;
        var prefix = new StubEstimator(new MLContext(1).Transforms.Conversion.MapValueToKey("Label"), fitted: _ => fits++ == odd ? reversed : straight);

        var data = Reader(prefix).CrossValidate(ScriptedRow.View(ScriptedRow.Eleven), 3);

        Assert.Equal(["a", "b", "c"], data.Classes);
        Assert.All(data.Folds, fold => Assert.Equal(data.Classes, LabelKeys.Of(fold.Train.Schema["Label"]).Names!));
    }

    private static ExperimentReader Reader(IEstimator<ITransformer>? prefix = null, string label = "Label") => new(SmallExperiments.Settings, label, prefix, TestContext.Current.CancellationToken);

    private static IDataView View<T>(params T[] rows)
        where T : class => new MLContext(1).Data.LoadFromEnumerable(rows);

    private static IDataView Keyed(params uint[] labels) => View([.. labels.Select(label => new KeyedRow { Label = label })]);

    private sealed class Raw
    {
        [VectorType(2)]
        public float[] Label { get; set; } = [];
    }

    private sealed class Made
    {
        public float Label { get; set; }
    }

    private sealed class KeyedRow
    {
        [KeyType(3)]
        public uint Label { get; set; }
    }
}

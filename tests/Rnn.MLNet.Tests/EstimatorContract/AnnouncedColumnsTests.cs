using Rnn.MLNet.Tests.Saving;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>The columns that come out, before and after the fit, are those of ML.NET's own multiclass trainers.</summary>
public sealed class AnnouncedColumnsTests
{
    private static readonly RnnClassifierOptions OneStep = SyntheticSequences.Options with { MaxSteps = 1 };

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> LabelKinds => ["text", "number", "key"];

    [Theory]
    [MemberData(nameof(LabelKinds))]
    public void The_estimator_announces_the_columns_of_the_model(string labelKind)
    {
        var data = Data(labelKind);
        var estimator = _context.Transforms.RnnClassifier(OneStep);
        using var model = estimator.Fit(data);

        var announced = estimator.GetOutputSchema(SchemaShapeProbe.Of(data));
        var fitted = SchemaShapeProbe.Of(model.Transform(data));

        Assert.Equal(fitted.Select(column => column.Name).Order(), announced.Select(column => column.Name).Order());
        Assert.All(announced, column => Assert.Equal(Describe(fitted.Single(other => other.Name == column.Name), labelKind), Describe(column, labelKind)));
    }

    [Fact]
    public void Announced_columns_bear_the_chosen_names()
    {
        var options = OneStep with { ScoreColumnName = "Probabilities", PredictedLabelColumnName = "Guess" };

        var announced = _context.Transforms.RnnClassifier(options).GetOutputSchema(SchemaShapeProbe.Of(SyntheticSequences.Keyed(_context, 3)));

        Assert.Equal(["Features", "Guess", "Label", "Probabilities", "Weight"], announced.Select(column => column.Name).Order());
    }

    [Fact]
    public void Columns_of_the_data_with_the_names_of_new_ones_are_announced_no_more()
    {
        var data = SyntheticSequences.Keyed(_context, 3);
        data = _context.Transforms.CopyColumns("Score", "Weight").Append(_context.Transforms.CopyColumns("PredictedLabel", "Weight")).Fit(data).Transform(data);

        var announced = _context.Transforms.RnnClassifier(OneStep).GetOutputSchema(SchemaShapeProbe.Of(data));

        Assert.Equal(["Features", "Label", "PredictedLabel", "Score", "Weight"], announced.Select(column => column.Name).Order());
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, announced.Single(column => column.Name == "Score").Kind);
        Assert.True(announced.Single(column => column.Name == "PredictedLabel").IsKey);
    }

    [Fact]
    public void Keys_of_a_byte_are_announced_as_the_model_has_them()
    {
        var definition = SchemaDefinition.Create(typeof(Sequence<byte>));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(byte), 3);
        var data = _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(12, i => (byte)(i + 1)), definition);
        var estimator = _context.Transforms.RnnClassifier(OneStep);
        using var model = estimator.Fit(data);

        var (announced, fitted) = (estimator.GetOutputSchema(SchemaShapeProbe.Of(data)), SchemaShapeProbe.Of(model.Transform(data)));

        Assert.All(["Score", "PredictedLabel", "Label"], name =>
        {
            var (before, after) = (announced.Single(column => column.Name == name), fitted.Single(column => column.Name == name));
            Assert.Equal((after.Kind, after.ItemType, after.IsKey), (before.Kind, before.ItemType, before.IsKey));
        });
    }

    [Theory]
    [MemberData(nameof(LabelKinds))]
    public void Types_and_annotations_are_those_of_a_stock_trainer(string labelKind)
    {
        var data = Data(labelKind);
        using var model = _context.Transforms.RnnClassifier(OneStep).Fit(data);
        var stock = _context.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 1).Fit(data);

        var ours = model.Transform(data).Schema;
        var theirs = stock.Transform(data).Schema;

        Assert.Equal(Describe(theirs["Score"], labelKind), Describe(ours["Score"], labelKind));
        Assert.Equal(Describe(theirs["PredictedLabel"], labelKind), Describe(ours["PredictedLabel"], labelKind));
    }

    [Fact]
    public void Annotations_say_what_those_of_a_stock_trainer_say()
    {
        var data = Data("text");
        using var model = _context.Transforms.RnnClassifier(OneStep).Fit(data);
        var stock = _context.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 1).Fit(data);

        var (ours, theirs) = (model.Transform(data).Schema, stock.Transform(data).Schema);

        Assert.Equal(theirs["Score"].Annotations(), ours["Score"].Annotations());
        Assert.Equal(theirs["PredictedLabel"].Annotations(), ours["PredictedLabel"].Annotations());
        Assert.Contains("ScoreColumnKind: String = MulticlassClassification", ours["Score"].Annotations());
        Assert.Contains("ScoreValueKind: String = PredictedLabel", ours["PredictedLabel"].Annotations());
    }

    [Fact]
    public void The_column_that_the_score_hides_is_of_a_type_of_its_own()
    {
        var data = SyntheticSequences.Keyed(_context, 48);
        using var model = _context.Transforms.RnnClassifier(OneStep).Fit(data);
        var (hidden, again) = (Hidden(model.Transform(data)), Hidden(model.Transform(data)));

        Assert.Equal("Score", hidden.Name);
        Assert.Equal("Marker", hidden.Type.ToString());
        Assert.True(hidden.Type.Equals(again.Type));
        Assert.Equal(hidden.Type.GetHashCode(), again.Type.GetHashCode());
        Assert.False(hidden.Type.Equals(NumberDataViewType.Single));

        static DataViewSchema.Column Hidden(IDataView view) => view.Schema.Single(column => column is { IsHidden: true, Name: "Score" });
    }

    [Fact]
    public void The_model_says_what_comes_out_without_data()
    {
        var data = SyntheticSequences.Keyed(_context, 48);
        using var model = _context.Transforms.RnnClassifier(OneStep).Fit(data);

        Assert.Equal(
            model.Transform(data).Schema.Select(column => $"{column.Name}: {column.Type}"),
            model.GetOutputSchema(data.Schema).Select(column => $"{column.Name}: {column.Type}"));
        Assert.True(model.IsRowToRowMapper);
    }

    private IDataView Data(string labelKind)
    {
        switch (labelKind)
        {
            case "text":
                return SyntheticSequences.Keyed(_context, 48);
            case "number":
                var numbers = _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(48, i => 10f * i));
                return _context.Transforms.Conversion.MapValueToKey("Label").Fit(numbers).Transform(numbers);
            default:
                var definition = SchemaDefinition.Create(typeof(Sequence<uint>));
                definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), 3);
                return _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(48, i => (uint)i), definition);
        }
    }

    /// <summary>Only our models name the scores' slots by numbers too; of the rest nothing may differ.</summary>
    private static bool IsShared(string annotation, string labelKind) => labelKind != "number" || annotation != "SlotNames";

    private static string Describe(SchemaShape.Column column, string labelKind = "text")
    {
        var annotations = column.Annotations.Where(a => IsShared(a.Name, labelKind)).OrderBy(a => a.Name);
        return $"{column.Name}: {column.Kind} {column.ItemType} {(column.IsKey ? "key" : "")} [{string.Join("; ", annotations.Select(a => Describe(a)))}]";
    }

    private static string Describe(DataViewSchema.Column column, string labelKind)
    {
        var annotations = column.Annotations.Schema.Where(a => IsShared(a.Name, labelKind)).OrderBy(a => a.Name);
        return $"{column.Name}: {column.Type} [{string.Join("; ", annotations.Select(a => $"{a.Name}: {a.Type}"))}]";
    }
}

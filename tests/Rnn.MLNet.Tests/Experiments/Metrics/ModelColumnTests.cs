using ModelColumns = Rnn.MLNet.Experiments.Metrics.ScoreColumns;

namespace Rnn.MLNet.Tests.Experiments.Metrics;

/// <summary>Which column of a model has the scores, and whose classes its labels are.</summary>
public sealed class ModelColumnTests
{
    [Fact]
    public void The_usual_name_comes_first_then_the_last_marked_one()
    {
        var data = Schema(("Features", 4, null));
        Assert.Equal("Score", Find(data, data, ("Other", 3, "Score"), ("Score", 3, null)));
        Assert.Equal("Second", Find(data, data, ("First", 3, "Score"), ("Second", 3, "Score"), ("Third", 3, "Threshold")));
        Assert.Equal("Other", Find(data, data, ("Other", 3, "Score")));
    }

    [Fact]
    public void A_column_that_the_data_had_is_not_the_models()
    {
        var data = Schema(("Score", 3, null), ("PredictedLabel", 0, null));
        Assert.Equal("Mine", Find(data, data, ("Mine", 3, "Score")));
        // Unless there is no other: then the model may have answered in its place.
        Assert.Equal("Score", Find(data, data));
    }

    [Fact]
    public void A_column_that_is_missing_or_of_another_type_is_named()
    {
        var data = Schema(("Features", 4, null));
        string Message(params (string, int, string?)[] columns) => Assert.Throws<InvalidOperationException>(() => Find(data, data, columns)).Message;
        Assert.Contains("no column 'Score': expected a vector of 3 Single, one per class, found the columns Features, PredictedLabel.", Message(), StringComparison.Ordinal);
        Assert.Contains("The model's column 'Score' must be a vector of 3 Single, one per class; it is Vector<Single, 4>.", Message(("Score", 4, null)), StringComparison.Ordinal);
        Assert.Contains("it is Key<UInt32, 0-2>.", Message(("Score", 0, null)), StringComparison.Ordinal);
        var scored = Schema(("Features", 4, null), ("Score", 3, null));
        Assert.Contains("no column 'PredictedLabel': expected a key of 3 classes", Assert.Throws<InvalidOperationException>(() => ModelColumns.Find(scored, data, 3)).Message, StringComparison.Ordinal);
        scored = Schema(("Score", 3, null), ("PredictedLabel", 3, null));
        Assert.Contains("'PredictedLabel' must be a key of 3 classes; it is Vector<Single, 3>.", Assert.Throws<InvalidOperationException>(() => ModelColumns.Find(scored, data, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("a key of 4 classes", Assert.Throws<InvalidOperationException>(() => ModelColumns.Find(Schema(("Score", 4, null), ("PredictedLabel", 0, null)), data, 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_in_another_order_are_brought_into_the_experiments()
    {
        var order = new ClassOrder(Label("c", "a", "b"), ["a", "b", "c"]);
        Assert.Equal([2, 0, 1, -1], new[] { 0, 1, 2, -1 }.Select(order.Of));
        Assert.Equal([0.2f, 0.7f, 0.1f], order.Of([0.1f, 0.2f, 0.7f]).ToArray());
        var same = new ClassOrder(Label("a", "b", "c"), ["a", "b", "c"]);
        Assert.Equal([0, 1, 2, -1], new[] { 0, 1, 2, -1 }.Select(same.Of));
        Assert.Equal([0.1f, 0.2f, 0.7f], same.Of([0.1f, 0.2f, 0.7f]).ToArray());
    }

    [Fact]
    public void Other_classes_are_refused()
    {
        string Message(string[] classes, params string[] names) => Assert.Throws<InvalidOperationException>(() => new ClassOrder(Label(names), classes)).Message;
        Assert.Contains("expected a, b, c, found", Message(["a", "b", "c"], "a", "b"), StringComparison.Ordinal);
        Assert.Contains("expected a, b, found", Message(["a", "b"], "a", "c"), StringComparison.Ordinal);
        Assert.Contains("expected a, b, c, d, e, …, found", Message(["a", "b", "c", "d", "e", "f"], "a"), StringComparison.Ordinal);
        Assert.Contains("expected a, b, c, d, e, found", Message(["a", "b", "c", "d", "e"], "a"), StringComparison.Ordinal);
        var text = Schema(("Label", 3, null))["Label"];
        Assert.Contains("The label 'Label' must still be a key in the model's output; it is Vector<Single, 3>.", Assert.Throws<InvalidOperationException>(() => new ClassOrder(text, ["a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_without_names_are_as_they_are()
    {
        var label = Schema(("Label", 0, null))["Label"];
        Assert.Equal(2, new ClassOrder(label, ["1", "2", "3"]).Of(2));
        Assert.Throws<InvalidOperationException>(() => new ClassOrder(label, ["1", "2"]));
    }

    private static string Find(DataViewSchema data, DataViewSchema before, params (string Name, int Size, string? Kind)[] added)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(before);
        Add(builder, added);
        Add(builder, before.GetColumnOrNull("PredictedLabel") is null ? [("PredictedLabel", 0, null)] : []);
        return ModelColumns.Find(builder.ToSchema(), data, 3).Name;
    }

    private static DataViewSchema Schema(params (string Name, int Size, string? Kind)[] columns)
    {
        var builder = new DataViewSchema.Builder();
        Add(builder, columns);
        return builder.ToSchema();
    }

    /// <summary>Vectors of so many Single; of size 0 a key of three values.</summary>
    private static void Add(DataViewSchema.Builder builder, params (string Name, int Size, string? Kind)[] columns)
    {
        foreach (var (name, size, kind) in columns)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            if (kind is not null)
            {
                annotations.Add("ScoreValueKind", TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = kind.AsMemory());
            }

            builder.AddColumn(name, size == 0 ? new KeyDataViewType(typeof(uint), 3) : new VectorDataViewType(NumberDataViewType.Single, size), annotations.ToAnnotations());
        }
    }

    private static DataViewSchema.Column Label(params string[] names)
    {
        var rows = ScriptedRow.View([.. names.Select(name => ScriptedRow.Of(name, 1, 0, 0))]);
        return new MLContext(1).Transforms.Conversion.MapValueToKey("Label").Fit(rows).GetOutputSchema(rows.Schema)["Label"];
    }
}

namespace Rnn.MLNet.Tests;

/// <summary>Classification with the usual columns.</summary>
internal static class Classification
{
    public static readonly ClassifierColumns Columns = new("Label", "Features", "Score", "PredictedLabel");

    /// <summary>Classes that have no names.</summary>
    public static ClassificationTask Task(int classes) => Task(EmptyView.Of(("Label", new KeyDataViewType(typeof(uint), classes))).Schema);

    public static ClassificationTask Task(DataViewSchema schema, ClassifierColumns? columns = null) =>
        ClassificationTask.Of(schema, columns ?? Columns);

    /// <summary>Classes of these names.</summary>
    public static ClassificationTask Task(params string[] names) => Task(Named(names));

    /// <summary>A schema with a label of these classes.</summary>
    public static DataViewSchema Named(params string[] names)
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromEnumerable(names.Select(name => new Name { Label = name }));
        return context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data).Schema;
    }

    /// <summary>Targets of three classes, of rows that no view holds.</summary>
    public static ITargets Targets(int classes = 3)
    {
        var schema = EmptyView.Of(("Label", new KeyDataViewType(typeof(uint), classes))).Schema;
        return Task(schema).Targets(schema);
    }

    public static SequenceColumns ColumnsOf(DataViewSchema schema, string? weight = null, int? timeSteps = null, string label = "Label") =>
        new(schema, Task(schema, Columns with { Label = label }).Targets(schema), "Features", weight, timeSteps);

    public static ITargets Targets(DataViewSchema schema) => Task(schema).Targets(schema);

    private sealed class Name
    {
        public string Label { get; set; } = "";
    }
}

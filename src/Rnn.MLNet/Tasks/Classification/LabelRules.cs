using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>What the label column of a classification must hold, and what to do about one that holds something else.</summary>
internal static class LabelRules
{
    /// <summary>The most classes that a model may have: each has weights, and each row a score of each.</summary>
    public const int MaxClasses = 1_000_000;

    /// <exception cref="ArgumentException">The column cannot be the label.</exception>
    public static void RequireKey(ColumnDescription column)
    {
        if (column is { IsKey: true, IsVector: false })
        {
            return;
        }

        var advice = column.IsVector
            ? "A row has one class: choose the column, or the slot of the vector, that holds it."
            : $"Append mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\") before the trainer.";
        throw new ArgumentException($"The label column '{column.Name}' must be a key; it is {column.Type}. {advice}");
    }

    /// <summary>Refuses a label column that is no key, or none of at least two and at most <see cref="MaxClasses"/> classes.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Check(DataViewSchema.Column column)
    {
        RequireKey(ColumnDescription.Of(column));
        var classes = ((KeyDataViewType)column.Type).Count;
        if (classes < 2)
        {
            throw new ArgumentException($"The label column '{column.Name}' must have at least two classes; its key type has {classes}.");
        }

        if (classes > MaxClasses)
        {
            throw new ArgumentException(
                $"The label column '{column.Name}' must have at most {MaxClasses} classes; its key type has {classes}. A key type as KeyCount() or Hash make it counts what could come, not the classes: read the label as text or number instead and append mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\").");
        }
    }
}

using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>The requirements for the label column of a classification.</summary>
internal static class LabelRules
{
    /// <summary>The largest number of classes of a model. Weights and scores take up memory in proportion to it.</summary>
    public const int MaxClasses = 1_000_000;

    /// <summary>Requires a column of scalar keys.</summary>
    /// <exception cref="ArgumentException">The column has another type.</exception>
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

    /// <summary>Requires a column of scalar keys with at least 2 and at most <see cref="MaxClasses"/> classes.</summary>
    /// <exception cref="ArgumentException">The column has another type or another number of classes.</exception>
    public static void Check(DataViewSchema.Column column)
    {
        RequireKey(ColumnDescription.Of(column));
        var classes = ((KeyDataViewType)column.Type).Count;
        if (classes < 2)
        {
            throw new ArgumentException($"The label column '{column.Name}' must have at least two classes; its key type has {classes}. Are there rows, and have they labels? An empty set of keys counts as one.");
        }

        if (classes > MaxClasses)
        {
            throw new ArgumentException(
                $"The label column '{column.Name}' must have at most {MaxClasses} classes; its key type has {classes}. The size of a key type that KeyCount() or Hash created is the number of possible values, not of classes: read the label as text or number instead and append mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\").");
        }
    }
}

namespace Rnn.MLNet.Experiments.Metrics;

/// <summary>Finds the score and predicted label columns that a candidate's model adds, whatever their names.</summary>
internal static class ScoreColumns
{
    /// <summary>Returns the score column, a vector with one Single per class.</summary>
    /// <exception cref="InvalidOperationException">There is no such column, or no predicted label with <paramref name="classes"/>
    /// classes.</exception>
    public static DataViewSchema.Column Find(DataViewSchema scored, DataViewSchema data, int classes)
    {
        var score = Find("Score", scored, data, type => type is VectorDataViewType { ItemType: NumberDataViewType item } vector
            && item == NumberDataViewType.Single && vector.Size == classes, $"a vector of {classes} Single, one per class");
        Find("PredictedLabel", scored, data, type => type is KeyDataViewType key && key.Count == (ulong)classes, $"a key of {classes} classes");
        return score;
    }

    /// <summary>
    /// Returns the added column with the default name; otherwise the last added column with a matching ScoreValueKind annotation; otherwise
    /// an input column with the default name.
    /// </summary>
    private static DataViewSchema.Column Find(string kind, DataViewSchema scored, DataViewSchema data, Func<DataViewType, bool> fits, string expected)
    {
        DataViewSchema.Column[] added = [.. scored.Where(column => !column.IsHidden && !(column.Index < data.Count && data[column.Index].Name == column.Name))];
        DataViewSchema.Column? named = added.Any(column => column.Name == kind) ? added.First(column => column.Name == kind) : null;
        DataViewSchema.Column? marked = added.Any(column => IsMarked(column, kind)) ? added.Last(column => IsMarked(column, kind)) : null;
        if ((named ?? marked ?? scored.GetColumnOrNull(kind)) is not { } found)
        {
            throw new InvalidOperationException($"The model's output has no column '{kind}': expected {expected}, found the columns {string.Join(", ", scored.Select(column => column.Name).Distinct())}.");
        }

        return fits(found.Type) ? found : throw new InvalidOperationException($"The model's column '{found.Name}' must be {expected}; it is {found.Type}.");
    }

    private static bool IsMarked(DataViewSchema.Column column, string kind)
    {
        if (column.Annotations.Schema.GetColumnOrNull("ScoreValueKind")?.Type is not TextDataViewType)
        {
            return false;
        }

        var value = default(ReadOnlyMemory<char>);
        column.Annotations.GetValue("ScoreValueKind", ref value);
        return value.Span.SequenceEqual(kind);
    }
}

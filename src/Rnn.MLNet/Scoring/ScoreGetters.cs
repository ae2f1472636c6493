using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Scoring;

/// <summary>Getters of the new columns over wherever the scores come from.</summary>
internal static class ScoreGetters
{
    /// <exception cref="InvalidOperationException">The wanted type is not the column's.</exception>
    public static ValueGetter<TValue> Make<TValue>(DataViewSchema.Column column, OutputSchema schema, IOutputColumns columns, ScoreSource scores)
    {
        RequireType<TValue>(column);
        if (column.Index == schema.MarkerIndex)
        {
            return (ref TValue destination) => destination = default!;
        }

        return (ValueGetter<TValue>)columns.Getter(column.Index - schema.ScoreIndex, scores);
    }

    /// <exception cref="InvalidOperationException">The wanted type is not the column's.</exception>
    public static void RequireType<TValue>(DataViewSchema.Column column)
    {
        if (column.Type.RawType != typeof(TValue))
        {
            throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
        }
    }
}

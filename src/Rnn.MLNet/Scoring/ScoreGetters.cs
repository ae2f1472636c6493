using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Scoring;

/// <summary>Creates the getters of the columns that a model adds, for single rows and for batches.</summary>
internal static class ScoreGetters
{
    /// <summary>Creates the getter of an added column.</summary>
    /// <exception cref="InvalidOperationException">The column does not have the type <typeparamref name="TValue"/>.</exception>
    public static ValueGetter<TValue> Make<TValue>(DataViewSchema.Column column, OutputSchema schema, IOutputColumns columns, ScoreSource scores)
    {
        RequireType<TValue>(column);
        if (column.Index == schema.MarkerIndex)
        {
            return (ref TValue destination) => destination = default!;
        }

        return (ValueGetter<TValue>)columns.Getter(column.Index - schema.ScoreIndex, scores);
    }

    /// <exception cref="InvalidOperationException">The column does not have the type <typeparamref name="TValue"/>.</exception>
    public static void RequireType<TValue>(DataViewSchema.Column column)
    {
        if (column.Type.RawType != typeof(TValue))
        {
            throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
        }
    }
}

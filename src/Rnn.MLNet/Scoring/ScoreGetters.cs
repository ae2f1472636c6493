using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Scoring;

/// <summary>The current row's probabilities, one a class; NaN where they could not be computed.</summary>
internal delegate ReadOnlySpan<float> ScoreSource();

/// <summary>Getters of the new columns over wherever the scores come from.</summary>
internal static class ScoreGetters
{
    /// <exception cref="InvalidOperationException">The wanted type is not the column's.</exception>
    public static ValueGetter<TValue> Make<TValue>(DataViewSchema.Column column, OutputSchema schema, ScoreSource scores)
    {
        RequireType<TValue>(column);
        if (column.Index == schema.MarkerIndex)
        {
            return (ref TValue destination) => destination = default!;
        }

        return (ValueGetter<TValue>)(Delegate)(column.Index == schema.ScoreIndex ? Score(scores) : PredictedLabel(scores));
    }

    /// <exception cref="InvalidOperationException">The wanted type is not the column's.</exception>
    public static void RequireType<TValue>(DataViewSchema.Column column)
    {
        if (column.Type.RawType != typeof(TValue))
        {
            throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
        }
    }

    private static ValueGetter<VBuffer<float>> Score(ScoreSource scores) => (ref VBuffer<float> destination) =>
    {
        var source = scores();
        var editor = VBufferEditor.Create(ref destination, source.Length);
        source.CopyTo(editor.Values);
        destination = editor.Commit();
    };

    private static ValueGetter<uint> PredictedLabel(ScoreSource scores) =>
        (ref uint destination) => destination = ScoringBatch.PredictedLabel(scores());
}

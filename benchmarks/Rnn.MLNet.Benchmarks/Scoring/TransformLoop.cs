namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>Scores with an ML.NET transformer as any consumer would, with one cursor over the score column.</summary>
internal sealed class TransformLoop(ITransformer model, IDataView rows, string scoreColumn) : IBatchScorer
{
    public int Score(float[] scores)
    {
        var scored = model.Transform(rows);
        var column = scored.Schema[scoreColumn];
        using var cursor = scored.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> score = default;
        var count = 0;
        while (cursor.MoveNext())
        {
            getter(ref score);
            score.CopyTo(scores.AsSpan(count * NetworkShape.Classes, NetworkShape.Classes));
            count++;
        }

        return count;
    }
}

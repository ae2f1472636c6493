namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>As many short sequences as one likes, made as they are read: held in memory, two million would be 1 GB.</summary>
internal static class GeneratedSequences
{
    public const int Steps = 8;

    private const int Length = 128;

    public static IDataView View(MLContext context, int rows) => context.Data.LoadFromEnumerable(Rows(rows));

    /// <summary>The one row that is handed out is filled again and again: ML.NET copies what it reads.</summary>
    private static IEnumerable<Row> Rows(int count)
    {
        var row = new Row();
        for (var i = 0; i < count; i++)
        {
            row.Label = (uint)(i % 2);
            row.Features.AsSpan().Fill((i % 97 - 48) / 48f);
            row.Features[i % Length] = row.Label;
            yield return row;
        }
    }

    private sealed class Row
    {
        [VectorType(Length)]
        public float[] Features { get; set; } = new float[Length];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}

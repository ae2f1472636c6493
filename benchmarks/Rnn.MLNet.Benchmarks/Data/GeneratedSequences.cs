namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>Any number of short sequences, generated as they are read: two million in memory would take 1 GB.</summary>
internal static class GeneratedSequences
{
    public const int Steps = 8;

    private const int Length = 128;

    public static IDataView View(MLContext context, int rows) => context.Data.LoadFromEnumerable(Rows(rows));

    /// <summary>Returns the same row object again and again, refilled each time, because ML.NET copies what it reads.</summary>
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

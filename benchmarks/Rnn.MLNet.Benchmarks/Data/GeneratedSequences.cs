namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>Any number of sequences, generated as they are read: two million in memory would take 1 GB even if they were short.</summary>
internal static class GeneratedSequences
{
    /// <summary>The time steps of the short sequences.</summary>
    public const int Steps = 8;

    private const int Length = 128;

    /// <summary>Returns a view of short sequences of two classes.</summary>
    public static IDataView View(MLContext context, int rows) => View(context, rows, Length, classes: 2);

    /// <summary>Returns a view of sequences with the given number of values, all time steps together.</summary>
    public static IDataView View(MLContext context, int rows, int length, int classes) =>
        context.Data.LoadFromEnumerable(Rows(rows, length, classes), Definition(length, classes));

    /// <summary>Returns the types of the columns, which depend on the length.</summary>
    public static SchemaDefinition Definition(int length, int classes)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length);
        definition[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return definition;
    }

    /// <summary>Returns the same row object again and again, refilled each time, because ML.NET copies what it reads.</summary>
    public static IEnumerable<Row> Rows(int count, int length, int classes)
    {
        var row = new Row { Features = new float[length] };
        for (var i = 0; i < count; i++)
        {
            row.Label = (uint)(i % classes);
            row.Features.AsSpan().Fill((i % 97 - 48) / 48f);
            row.Features[i % length] = row.Label / (classes - 1f);
            yield return row;
        }
    }

    internal sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}

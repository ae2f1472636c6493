using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// The scores of a model, read once and held: evaluating them again costs no second scoring, and reading can be cancelled,
/// which <c>Evaluate</c> cannot.
/// </summary>
internal sealed class ScoredRows
{
    private readonly List<Row> _rows = [];

    public int Count => _rows.Count;

    /// <summary>Rows whose scores are not all finite.</summary>
    public int Bad { get; private set; }

    /// <summary>The first of these, counted from 1.</summary>
    public int FirstBad { get; private set; }

    public static ScoredRows Read(IDataView scored, string label, string score, string predictedLabel, CancellationToken cancellationToken)
    {
        var rows = new ScoredRows();
        var schema = scored.Schema;
        using var cursor = scored.GetRowCursor([schema[label], schema[score], schema[predictedLabel]]);
        var labels = Key(cursor, schema[label]);
        var predictions = Key(cursor, schema[predictedLabel]);
        var scores = cursor.GetGetter<VBuffer<float>>(schema[score]);
        var buffer = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores(ref buffer);
            rows._rows.Add(new Row { Label = FromZero(labels()), Score = [.. buffer.DenseValues()], PredictedLabel = FromZero(predictions()) });
            if (!System.Numerics.Tensors.TensorPrimitives.IsFiniteAll(buffer.GetValues()) && rows.Bad++ == 0)
            {
                rows.FirstBad = rows.Count;
            }
        }

        return rows;
    }

    /// <summary>The rows as a view with the columns Label, Score and PredictedLabel.</summary>
    public IDataView ToView(MLContext context, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        schema[nameof(Row.PredictedLabel)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        schema[nameof(Row.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, classes);
        return context.Data.LoadFromEnumerable(_rows, schema);
    }

    /// <summary>In a view keys count from 1 and 0 is missing; in the objects that a view is made of they count from 0, and too large is missing.</summary>
    private static uint FromZero(uint key) => unchecked(key - 1);

    private static Func<uint> Key(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var type when type == typeof(byte) => Key<byte>(row, column, value => value),
        var type when type == typeof(ushort) => Key<ushort>(row, column, value => value),
        var type when type == typeof(ulong) => Key<ulong>(row, column, value => (uint)value),
        _ => Key<uint>(row, column, value => value),
    };

    private static Func<uint> Key<T>(DataViewRow row, DataViewSchema.Column column, Func<T, uint> convert)
        where T : unmanaged
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T);
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }

    private sealed class Row
    {
        public uint Label { get; set; }

        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}

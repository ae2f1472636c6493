using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Tests.Sequences;

/// <summary>A view that always keeps its own order, and remembers which other one it was asked for.</summary>
internal sealed class OrderedView(IDataView inner, bool canShuffle = false) : IDataView
{
    public DataViewSchema Schema => inner.Schema;

    /// <summary>What it says, though it never does.</summary>
    public bool CanShuffle => canShuffle;

    /// <summary>For each cursor, whether another order was wanted.</summary>
    public List<bool> AskedToShuffle { get; } = [];

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        AskedToShuffle.Add(rand is not null);
        return inner.GetRowCursor(columnsNeeded);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}

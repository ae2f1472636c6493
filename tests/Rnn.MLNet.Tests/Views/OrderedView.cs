namespace Rnn.MLNet.Tests.Views;

/// <summary>A view that always keeps its own order, and remembers which other one it was asked for.</summary>
internal sealed class OrderedView(IDataView inner, bool canShuffle = false) : PassThroughView(inner)
{
    /// <summary>What it says, though it never does.</summary>
    public override bool CanShuffle => canShuffle;

    /// <summary>For each cursor, whether another order was wanted.</summary>
    public List<bool> AskedToShuffle { get; } = [];

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        AskedToShuffle.Add(rand is not null);
        return base.GetRowCursor(columnsNeeded);
    }
}

namespace Rnn.MLNet.Tests.Views;

/// <summary>A view of sequences whose labels are any keys, also such as their type does not allow.</summary>
internal sealed class LabelledView<TKey> : IDataView
{
    private readonly TKey[] _keys;

    public LabelledView(int classes, params TKey[] keys)
    {
        _keys = keys;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2, 1));
        schema.AddColumn("Label", new KeyDataViewType(typeof(TKey), classes));
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(LabelledView<TKey> view) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Index == 1
            ? (ValueGetter<TValue>)(Delegate)(ValueGetter<TKey>)((ref TKey key) => key = view._keys[_position])
            : (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)((ref VBuffer<float> values) => values = new(2, [_position, 1]));

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override bool MoveNext() => ++_position < view._keys.Length;
    }
}

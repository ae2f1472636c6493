namespace Rnn.MLNet.Tests.Windows;

/// <summary>The texts a, b, c, a, b, c, all in one buffer that each row overwrites, and the place of the row.</summary>
internal sealed class ReusedTextView : IDataView
{
    public DataViewSchema Schema { get; } = EmptyView.Of(("Text", TextDataViewType.Instance), ("Place", NumberDataViewType.Single)).Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(Schema);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewSchema schema) : DataViewRowCursor
    {
        private readonly char[] _buffer = new char[1];
        private long _position = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Index == 0
            ? (ValueGetter<TValue>)(Delegate)(ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> text) => text = _buffer)
            : (ValueGetter<TValue>)(Delegate)(ValueGetter<float>)((ref float place) => place = _position);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override bool MoveNext()
        {
            _position++;
            _buffer[0] = (char)('a' + _position % 3);
            return _position < 6;
        }
    }
}

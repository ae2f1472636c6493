namespace Rnn.MLNet.Tests.Images;

/// <summary>
/// Rows of images whose type announces no size, as LoadImages gives them. The images belong to the test, which sees how often they are read.
/// </summary>
internal sealed class ImageView : IDataView
{
    private readonly MLImage?[] _images;

    public ImageView(params IEnumerable<MLImage?> images)
    {
        _images = [.. images];
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Image", new ImageDataViewType());
        builder.AddColumn("Number", NumberDataViewType.Int64);
        Schema = builder.ToSchema();
    }

    /// <summary>How often an image was read.</summary>
    public int Reads { get; private set; }

    /// <summary>How many cursors are open.</summary>
    public int Open { get; private set; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle { get; init; }

    public long? GetRowCount() => _images.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var order = Enumerable.Range(0, _images.Length).ToArray();
        rand?.Shuffle(order);
        return new Cursor(this, order, [.. columnsNeeded.Select(column => column.Index)], isPart: false);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        HashSet<int> columns = [.. columnsNeeded.Select(column => column.Index)];
        return [.. Enumerable.Range(0, n).Select(part => new Cursor(this, [.. Enumerable.Range(0, _images.Length).Where(row => row % n == part)], columns, isPart: true))];
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly ImageView _view;
        private readonly int[] _order;
        private readonly HashSet<int> _columns;
        private readonly bool _isPart;
        private long _position = -1;
        private bool _isOpen = true;

        public Cursor(ImageView view, int[] order, HashSet<int> columns, bool isPart)
        {
            (_view, _order, _columns, _isPart) = (view, order, columns, isPart);
            _view.Open++;
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _position;

        /// <summary>ML.NET puts the rows of several cursors in the order of their batches.</summary>
        public override long Batch => _isPart ? _order[_position] : 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _columns.Contains(column.Index);

        public override bool MoveNext() => ++_position < _order.Length;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_order[_position], 7);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Assert.True(IsColumnActive(column));
            return (ValueGetter<TValue>)(column.Index == 0 ? (Delegate)(ValueGetter<MLImage?>)Image : (ValueGetter<long>)Number);
        }

        protected override void Dispose(bool disposing)
        {
            _view.Open -= _isOpen ? 1 : 0;
            _isOpen = false;
            base.Dispose(disposing);
        }

        private void Image(ref MLImage? image)
        {
            _view.Reads++;
            image = _view._images[_order[_position]];
        }

        private void Number(ref long number) => number = _order[_position];
    }
}

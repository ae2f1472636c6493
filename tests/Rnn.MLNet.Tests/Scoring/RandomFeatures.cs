using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A view whose getters of the features give other values at every call.</summary>
internal sealed class RandomFeatures(IDataView inner) : IDataView
{
    private readonly Random _random = new(1);

    public DataViewSchema Schema => inner.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(inner.GetRowCursor(columnsNeeded), _random);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor cursor, Random random) : DataViewRowCursor
    {
        public override DataViewSchema Schema => cursor.Schema;

        public override long Position => cursor.Position;

        public override long Batch => cursor.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => cursor.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

        public override bool MoveNext() => cursor.MoveNext();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => typeof(TValue) == typeof(VBuffer<float>)
            ? (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)Draw
            : cursor.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                cursor.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Draw(ref VBuffer<float> features)
        {
            var editor = VBufferEditor.Create(ref features, SyntheticSequences.Length);
            foreach (ref var value in editor.Values)
            {
                value = random.NextSingle();
            }

            features = editor.Commit();
        }
    }
}

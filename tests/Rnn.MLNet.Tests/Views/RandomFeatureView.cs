namespace Rnn.MLNet.Tests.Views;

/// <summary>A view whose getters of the features give other values at every call.</summary>
internal sealed class RandomFeatureView(IDataView inner) : PassThroughView(inner)
{
    private readonly Random _random = new(1);

    public override bool CanShuffle => false;

    protected override DataViewRowCursor Wrap(DataViewRowCursor cursor) => new RandomCursor(cursor, _random);

    private sealed class RandomCursor(DataViewRowCursor inner, Random random) : Cursor(inner)
    {
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => typeof(TValue) == typeof(VBuffer<float>)
            ? (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)Draw
            : base.GetGetter<TValue>(column);

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

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>Writes out the values of a column whose type is known at run time only.</summary>
internal static class ColumnText
{
    public static Func<string> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var raw = column.Type.RawType;
        var isVector = raw.IsGenericType && raw.GetGenericTypeDefinition() == typeof(VBuffer<>);
        return (Func<string>)typeof(ColumnText).GetMethod(isVector ? nameof(Vector) : nameof(Scalar), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(isVector ? raw.GetGenericArguments()[0] : raw).Invoke(null, [row, column])!;
    }

    private static Func<string> Scalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return $"{value}";
        };
    }

    /// <summary>With its form: a sparse vector does not become a dense one.</summary>
    private static Func<string> Vector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            var places = value.IsDense ? "dense" : string.Join(" ", value.GetIndices().ToArray());
            return $"{value.Length}, {places}: {string.Join(" ", value.GetValues().ToArray().Select(item => $"{item}"))}";
        };
    }
}

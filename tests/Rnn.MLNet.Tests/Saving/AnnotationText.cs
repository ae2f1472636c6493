namespace Rnn.MLNet.Tests.Saving;

/// <summary>Annotations of a column as text, whatever their type.</summary>
internal static class AnnotationText
{
    /// <summary>Kind, type and value of each annotation.</summary>
    public static string[] Annotations(this DataViewSchema.Column column) =>
        [.. column.Annotations.Schema.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => $"{a.Name}: {a.Type} = {Value(column, a)}")];

    private static string Value(DataViewSchema.Column column, DataViewSchema.Column annotation)
    {
        var isVector = annotation.Type is VectorDataViewType;
        var read = typeof(AnnotationText).GetMethod(isVector ? nameof(Vector) : nameof(Scalar), BindingFlags.NonPublic | BindingFlags.Static)!;
        var type = annotation.Type is VectorDataViewType vector ? vector.ItemType.RawType : annotation.Type.RawType;
        return (string)read.MakeGenericMethod(type).Invoke(null, [column, annotation.Name])!;
    }

    private static string Vector<T>(DataViewSchema.Column column, string kind)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(kind, ref values);
        return string.Join(", ", values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));
    }

    private static string Scalar<T>(DataViewSchema.Column column, string kind)
    {
        T value = default!;
        column.Annotations.GetValue(kind, ref value);
        return Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}

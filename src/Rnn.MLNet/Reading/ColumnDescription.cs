namespace Rnn.MLNet.Reading;

/// <summary>
/// The properties of a column that are known both before the fit, from a <see cref="SchemaShape"/>, and during it, from a
/// <see cref="DataViewSchema"/>. Both checks use it and so give the same error messages.
/// </summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Type">The type of the column, as shown in error messages.</param>
/// <param name="ItemType">The type of a value or of the items of a vector. Before the fit, a key has its underlying number type.</param>
/// <param name="IsKey">Whether the values are keys.</param>
/// <param name="IsVector">Whether the column is a vector.</param>
/// <param name="IsKnownSize">Whether the vector has the same size in all rows.</param>
internal readonly record struct ColumnDescription(string Name, string Type, DataViewType ItemType, bool IsKey, bool IsVector, bool IsKnownSize)
{
    public static ColumnDescription Of(DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        var item = vector?.ItemType ?? column.Type;
        return new(column.Name, column.Type.ToString()!, item, item is KeyDataViewType, vector is not null, vector?.IsKnownSize ?? true);
    }

    public static ColumnDescription Of(SchemaShape.Column column)
    {
        var kind = column.Kind == SchemaShape.Column.VectorKind.Scalar ? "" : column.Kind + " of ";
        return new(
            column.Name,
            $"{kind}{(column.IsKey ? "Key of " : "")}{column.ItemType}",
            column.ItemType,
            column.IsKey,
            column.Kind != SchemaShape.Column.VectorKind.Scalar,
            column.Kind != SchemaShape.Column.VectorKind.VariableVector);
    }

    /// <summary>Whether the values have one of ML.NET's number types or Boolean and are not keys.</summary>
    public bool IsNumber => !IsKey && (ItemType is NumberDataViewType || ItemType is BooleanDataViewType);

    /// <summary>Whether the values are Single or Double.</summary>
    public bool IsReal => !IsKey && (ItemType == NumberDataViewType.Single || ItemType == NumberDataViewType.Double);
}

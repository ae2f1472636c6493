namespace Rnn.MLNet.Reading;

/// <summary>What a column holds, as far as it is known before the fit too, so that both refuse it in the same words.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">Its type, as an error says it.</param>
/// <param name="ItemType">The type of a value or of a vector's items; of a key before the fit the type of its number.</param>
/// <param name="IsKey">Whether the values are keys.</param>
/// <param name="IsVector">Whether a row has several values.</param>
/// <param name="IsKnownSize">Whether all rows have as many.</param>
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

    /// <summary>Whether the values are of one of ML.NET's number types or Boolean, but no keys.</summary>
    public bool IsNumber => !IsKey && (ItemType is NumberDataViewType || ItemType is BooleanDataViewType);

    /// <summary>Whether the values are Single or Double.</summary>
    public bool IsReal => !IsKey && (ItemType == NumberDataViewType.Single || ItemType == NumberDataViewType.Double);
}

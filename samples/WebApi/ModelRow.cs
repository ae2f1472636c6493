namespace WebApi;

/// <summary>
/// The input of the engines. Only the features have values. The saved pipeline has more columns, such as the label, which it does not read
/// to score but insists on; one member of their type serves them all.
/// </summary>
internal sealed class ModelRow
{
    public float[] Features { get; set; } = [];

    public ReadOnlyMemory<char> Text { get; set; }

    public bool Boolean { get; set; }

    public float Single { get; set; }

    public double Double { get; set; }

    public sbyte SByte { get; set; }

    public short Int16 { get; set; }

    public int Int32 { get; set; }

    public long Int64 { get; set; }

    public byte Byte { get; set; }

    public ushort UInt16 { get; set; }

    public uint UInt32 { get; set; }

    public ulong UInt64 { get; set; }

    /// <summary>Maps the columns that the zip names to the members.</summary>
    /// <exception cref="InvalidDataException">The features are missing or of another type.</exception>
    public static SchemaDefinition Columns(DataViewSchema schema, string featureColumn)
    {
        if (schema.GetColumnOrNull(featureColumn)?.Type is not VectorDataViewType { IsKnownSize: true } features || features.ItemType != NumberDataViewType.Single)
        {
            var found = schema.GetColumnOrNull(featureColumn) is { } other ? $"of type {other.Type}" : "missing";
            throw new InvalidDataException($"The input column '{featureColumn}' is {found}; expected a vector of Single of known size.");
        }

        var members = typeof(ModelRow).GetProperties().ToDictionary(member => member.PropertyType, member => member.Name);
        var definition = SchemaDefinition.Create(typeof(ModelRow));
        definition.Clear();
        foreach (var column in schema.Where(column => !column.IsHidden))
        {
            var type = column.Name == featureColumn ? typeof(float[]) : column.Type.RawType;
            // A column of another type is left out: unless the pipeline needs it, the model works without.
            if (members.TryGetValue(type, out var member))
            {
                // From a definition of its own, so that columns of one type can share a member.
                var mapping = SchemaDefinition.Create(typeof(ModelRow))[member];
                (mapping.ColumnName, mapping.ColumnType) = (column.Name, column.Type);
                definition.Add(mapping);
            }
        }

        return definition;
    }
}

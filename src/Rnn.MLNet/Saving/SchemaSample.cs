namespace Rnn.MLNet.Saving;

/// <summary>Creates empty views. ML.NET's estimators need one to validate the schema, even if they have nothing to fit.</summary>
internal static class SchemaSample
{
    /// <summary>Creates an empty view with one vector column.</summary>
    public static IDataView Create(MLContext context, string columnName, VectorDataViewType type)
    {
        return type.ItemType == NumberDataViewType.Double ? Of<double>() : Of<float>();

        IDataView Of<T>()
        {
            var definition = SchemaDefinition.Create(typeof(Row<T>));
            definition[0].ColumnName = columnName;
            definition[0].ColumnType = type;
            return context.Data.LoadFromEnumerable(Array.Empty<Row<T>>(), definition);
        }
    }

    private sealed class Row<T>
    {
        public T[] Values { get; set; } = [];
    }
}

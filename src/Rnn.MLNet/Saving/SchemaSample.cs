namespace Rnn.MLNet.Saving;

/// <summary>A view without rows: what ML.NET's estimators need to check a schema where there is nothing to fit.</summary>
internal static class SchemaSample
{
    /// <summary>Makes a view of one vector column.</summary>
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

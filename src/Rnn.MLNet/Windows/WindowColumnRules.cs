using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Windows;

/// <summary>The requirements on the columns that windows are made of, and advice on how to convert a column that does not meet them.</summary>
internal static class WindowColumnRules
{
    /// <summary>Returns the column with the groups.</summary>
    /// <exception cref="ArgumentException">It is missing or does not hold single values.</exception>
    public static DataViewSchema.Column Group(DataViewSchema schema, string name)
    {
        var column = ColumnRules.Find(schema, name, "group");
        return column.Type is PrimitiveDataViewType
            ? column
            : throw new ArgumentException($"The group column '{name}' must hold texts, keys, numbers, Booleans, times or row identifiers; it is {column.Type}.");
    }

    /// <summary>Returns the column with the times.</summary>
    /// <exception cref="ArgumentException">It is missing, its type has no order, or the interval does not fit its type.</exception>
    public static DataViewSchema.Column Time(DataViewSchema schema, string name, StepInterval? interval)
    {
        var column = ColumnRules.Find(schema, name, "time");
        var isTime = column.Type is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;
        if (!isTime && column.Type is not NumberDataViewType)
        {
            var advice = column.Type is TextDataViewType
                ? $" Convert it with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.DateTime), or load it as DataKind.DateTime."
                : "";
            throw new ArgumentException($"The time column '{name}' must be DateTime, DateTimeOffset, TimeSpan or a number; it is {column.Type}.{advice}");
        }

        if (interval is not null && isTime != interval.Time.HasValue)
        {
            throw new ArgumentException(
                $"Interval must be a {(isTime ? "TimeSpan" : "number")} because the time column '{name}' is {column.Type}; it is {interval}{(isTime ? "" : ", a TimeSpan")}.");
        }

        var isInteger = !isTime && column.Type != NumberDataViewType.Single && column.Type != NumberDataViewType.Double;
        return isInteger && interval?.Number < 1
            ? throw new ArgumentException($"Interval must be at least 1 because the time column '{name}' holds integers, {column.Type}; it is {interval}.")
            : column;
    }

    /// <summary>Returns a column of features.</summary>
    /// <exception cref="ArgumentException">It is missing or does not hold a known number of numbers.</exception>
    public static DataViewSchema.Column Feature(DataViewSchema schema, string name)
    {
        var column = ColumnRules.Find(schema, name, "feature");
        var description = ColumnDescription.Of(column);
        if (description is { IsNumber: true, IsKnownSize: true })
        {
            return column;
        }

        var advice = description switch
        {
            { ItemType: TextDataViewType } =>
                $" Convert it with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.Single) if it holds numbers, or with mlContext.Transforms.Categorical.OneHotEncoding(\"{name}\").",
            { IsKey: true } => $" Convert it with mlContext.Transforms.Conversion.MapKeyToVector(\"{name}\").",
            { IsNumber: true } => " Declare the size of the vector: with [VectorType(size)] on a property, or with the column indices of a TextLoader.Column.",
            _ => "",
        };
        throw new ArgumentException($"The feature column '{name}' must hold numbers or Booleans, or vectors of them of known size; it is {column.Type}.{advice}");
    }

    /// <summary>Returns the column from which labels follow.</summary>
    /// <exception cref="ArgumentException">It is missing or its type does not fit the rule.</exception>
    public static DataViewSchema.Column Label(DataViewSchema schema, SequenceLabel label)
    {
        var column = ColumnRules.Find(schema, label.ColumnName, "label");
        if (label.Rule == LabelRule.Any && column.Type is not BooleanDataViewType)
        {
            throw new ArgumentException($"The label column '{column.Name}' must be Boolean for SequenceLabel.Any; it is {column.Type}.");
        }

        return column.Type is TextDataViewType or KeyDataViewType or BooleanDataViewType or NumberDataViewType
            ? column
            : throw new ArgumentException($"The label column '{column.Name}' must hold texts, keys, Booleans or numbers; it is {column.Type}.");
    }
}

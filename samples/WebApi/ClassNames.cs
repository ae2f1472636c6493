namespace WebApi;

/// <summary>Reads the names of the classes from the annotations of the predicted label.</summary>
internal static class ClassNames
{
    /// <summary>The values of the label, of any type, as text; the numbers from 1 if it has none.</summary>
    public static string[] Of(DataViewSchema.Column predictedLabel)
    {
        if (predictedLabel.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType.RawType: var type })
        {
            var count = (int)((KeyDataViewType)predictedLabel.Type).Count;
            return [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        }

        var read = Read<object>;
        return (string[])read.Method.GetGenericMethodDefinition().MakeGenericMethod(type).Invoke(null, [predictedLabel])!;
    }

    private static string[] Read<T>(DataViewSchema.Column predictedLabel)
    {
        VBuffer<T> values = default;
        predictedLabel.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }
}

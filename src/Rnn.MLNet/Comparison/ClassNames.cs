using System.Globalization;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Comparison;

/// <summary>The names of the classes of a label column.</summary>
internal static class ClassNames
{
    private const string KeyValues = "KeyValues";

    /// <summary>The values that the keys stand for; their numbers, from 1, where the column does not say.</summary>
    public static IReadOnlyList<string> Of(Microsoft.ML.DataViewSchema.Column label)
    {
        var count = (int)((KeyDataViewType)label.Type).Count;
        var item = (label.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type as VectorDataViewType)?.ItemType.RawType;
        return item == typeof(ReadOnlyMemory<char>) ? Read<ReadOnlyMemory<char>>(label)
            : item == typeof(float) ? Read<float>(label)
            : item == typeof(double) ? Read<double>(label)
            : item == typeof(int) ? Read<int>(label)
            : item == typeof(uint) ? Read<uint>(label)
            : item == typeof(long) ? Read<long>(label)
            : item == typeof(byte) ? Read<byte>(label)
            : item == typeof(bool) ? Read<bool>(label)
            : [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    private static string[] Read<T>(Microsoft.ML.DataViewSchema.Column label)
    {
        var values = default(VBuffer<T>);
        label.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }
}

using System.Reflection;
using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Data;

/// <summary>
/// Numbers the classes of a label column of any type, before the label is mapped to a key: keys keep the number that training uses, other
/// values are numbered in order of first occurrence.
/// </summary>
internal static class LabelValues
{
    /// <summary>Stands for a missing label, as in <see cref="LabelReader"/>.</summary>
    public const int Missing = -1;

    /// <summary>
    /// Returns a function that reads the zero-based class number of the current row; <see cref="Missing"/> for a missing key and for values
    /// that MapValueToKey maps to one: empty text and NaN.
    /// </summary>
    public static Func<int> Reader(DataViewRow row, DataViewSchema.Column label) => label.Type switch
    {
        KeyDataViewType => new LabelReader(row, label).Read,
        TextDataViewType => Text(row, label),
        PrimitiveDataViewType type => (Func<int>)typeof(LabelValues).GetMethod(nameof(Value), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.RawType).Invoke(null, [row, label])!,
        // Not a label yet: the preprocessing has to produce one. Until then all rows count as one class.
        _ => () => 0,
    };

    private static Func<int> Text(DataViewRow row, DataViewSchema.Column label)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(label);
        var value = default(ReadOnlyMemory<char>);
        var numbers = new Dictionary<string, int>();
        return () =>
        {
            getter(ref value);
            return value.IsEmpty ? Missing : Number(numbers, value.ToString());
        };
    }

    private static Func<int> Value<T>(DataViewRow row, DataViewSchema.Column label)
        where T : struct
    {
        var getter = row.GetGetter<T>(label);
        var value = default(T);
        var numbers = new Dictionary<T, int>();
        return () =>
        {
            getter(ref value);
            return value is float.NaN or double.NaN ? Missing : Number(numbers, value);
        };
    }

    private static int Number<T>(Dictionary<T, int> numbers, T value)
        where T : notnull => numbers.TryGetValue(value, out var number) ? number : numbers[value] = numbers.Count;
}

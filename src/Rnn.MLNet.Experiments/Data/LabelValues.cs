using System.Reflection;
using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Data;

/// <summary>
/// The classes of a label column of any type by number: keys as training reads them, other values in the order in which they come, before
/// there is a map that makes keys of them.
/// </summary>
internal static class LabelValues
{
    /// <summary>As <see cref="LabelReader"/> has it.</summary>
    public const int Missing = -1;

    /// <summary>Reads the current row's value as a number from 0; <see cref="Missing"/> for a missing key and for what MapValueToKey makes one of, an empty text or NaN.</summary>
    public static Func<int> Reader(DataViewRow row, DataViewSchema.Column label) => label.Type switch
    {
        KeyDataViewType => new LabelReader(row, label).Read,
        TextDataViewType => Text(row, label),
        PrimitiveDataViewType type => (Func<int>)typeof(LabelValues).GetMethod(nameof(Value), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.RawType).Invoke(null, [row, label])!,
        // The preprocessing makes a label of it.
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

namespace Rnn.MLNet.Windows;

/// <summary>What must be known of a value of any column type to keep it, compare it and see that it is missing.</summary>
internal static class CellValue
{
    /// <summary>Returns whether a value is what ML.NET takes for a missing one: an empty text, NaN or a key of 0.</summary>
    public static bool IsMissing<T>(T value, bool isKey) => value switch
    {
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        ReadOnlyMemory<char> text => text.IsEmpty,
        _ => isKey && EqualityComparer<T>.Default.Equals(value, default),
    };

    /// <summary>Returns a value that stays the same: a text may lie in a buffer of its source, which the next row overwrites.</summary>
    public static T Own<T>(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;

    /// <summary>Returns the comparer of values: texts are equal if their characters are.</summary>
    public static IEqualityComparer<T> Comparer<T>() =>
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IEqualityComparer<T>)(object)new TextComparer() : EqualityComparer<T>.Default;

    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> left, ReadOnlyMemory<char> right) => left.Span.SequenceEqual(right.Span);

        public int GetHashCode(ReadOnlyMemory<char> text) => string.GetHashCode(text.Span);
    }
}

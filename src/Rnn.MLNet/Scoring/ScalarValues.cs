using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// A batch's values of a type that assignment copies, such as numbers, keys, texts and times. Objects of a custom reference type are not
/// copied.
/// </summary>
internal sealed class ScalarValues<T>(ValueGetter<T> read, int capacity) : ITypedColumnValues<T>
{
    private readonly T[] _values = new T[capacity];

    public long Read(int row)
    {
        // Does not pass the previous value to the getter, which may reuse the object.
        T value = default!;
        read(ref value);
        _values[row] = value;
        return Unsafe.SizeOf<T>() + (value is ReadOnlyMemory<char> text ? (long)text.Length * sizeof(char) : 0);
    }

    public void Get(int row, ref T destination) => destination = _values[row];

    public void Dispose()
    {
    }
}

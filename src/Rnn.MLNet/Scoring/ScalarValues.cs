using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Scoring;

/// <summary>Values that an assignment copies: numbers, keys, texts, times. Of a custom reference type the objects themselves.</summary>
internal sealed class ScalarValues<T>(ValueGetter<T> read, int capacity) : ITypedColumnValues<T>
{
    private readonly T[] _values = new T[capacity];

    public long Read(int row)
    {
        // A new object each time: the input may overwrite the one that it is given.
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

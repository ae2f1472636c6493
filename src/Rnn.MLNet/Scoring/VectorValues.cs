using System.Runtime.CompilerServices;

namespace Rnn.MLNet.Scoring;

/// <summary>A batch's vectors, of any length, stored contiguously. Sparse vectors remain sparse.</summary>
internal sealed class VectorValues<T>(ValueGetter<VBuffer<T>> read, int capacity) : ITypedColumnValues<VBuffer<T>>
{
    private readonly Vector[] _vectors = new Vector[capacity];
    private VBuffer<T> _last;
    private T[] _values = [];
    private int[] _indices = [];

    public long Read(int row)
    {
        read(ref _last);
        var values = _last.GetValues();
        var indices = _last.IsDense ? [] : _last.GetIndices();
        var before = row == 0 ? default : _vectors[row - 1];
        var vector = new Vector(_last.Length, before.ValuesEnd, values.Length, before.IndicesEnd, indices.Length);
        Grow(ref _values, vector.ValuesEnd);
        Grow(ref _indices, vector.IndicesEnd);
        values.CopyTo(_values.AsSpan(vector.Values));
        indices.CopyTo(_indices.AsSpan(vector.Indices));
        _vectors[row] = vector;
        return ((long)values.Length * Unsafe.SizeOf<T>()) + ((long)indices.Length * sizeof(int)) + Unsafe.SizeOf<Vector>();
    }

    public void Get(int row, ref VBuffer<T> destination)
    {
        var vector = _vectors[row];
        var editor = VBufferEditor.Create(ref destination, vector.Length, vector.ValueCount);
        _values.AsSpan(vector.Values, vector.ValueCount).CopyTo(editor.Values);
        _indices.AsSpan(vector.Indices, vector.IndexCount).CopyTo(editor.Indices);
        destination = editor.Commit();
    }

    public void Dispose()
    {
    }

    private static void Grow<TItem>(ref TItem[] items, int length)
    {
        if (items.Length < length)
        {
            Array.Resize(ref items, (int)Math.Min(Math.Max(2L * items.Length, length), Array.MaxLength));
        }
    }

    /// <summary>The position of a vector's values and indices. A vector without indices is dense.</summary>
    private readonly record struct Vector(int Length, int Values, int ValueCount, int Indices, int IndexCount)
    {
        public int ValuesEnd => checked(Values + ValueCount);

        public int IndicesEnd => checked(Indices + IndexCount);
    }
}

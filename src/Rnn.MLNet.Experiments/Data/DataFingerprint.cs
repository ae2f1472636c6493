using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Rnn.MLNet.Experiments.Settings;

namespace Rnn.MLNet.Experiments.Data;

/// <summary>
/// A SHA-256 digest of views: the names and types of their columns and every value. A vector gives the same digest whether stored sparse or dense.
/// </summary>
internal sealed class DataFingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="split">A description of how the rows are split, which is part of the digest.</param>
    public DataFingerprint(string split) => Add(split);

    /// <summary>Adds all rows of a view to the digest.</summary>
    /// <exception cref="ArgumentException">A column has a type whose values have no stable digest.</exception>
    public void Add(IDataView data, CancellationToken cancellationToken)
    {
        DataViewSchema.Column[] columns = [.. data.Schema.Where(column => !column.IsHidden)];
        foreach (var column in columns)
        {
            Add(InvariantText.Of(() => $"{column.Name}:{column.Type};"));
        }

        long rows = 0;
        using (var cursor = data.GetRowCursor(columns))
        {
            Action[] readers = [.. columns.Select(column => Reader(cursor, column))];
            while (cursor.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows++;
                Array.ForEach(readers, read => read());
            }
        }

        Add(rows);
    }

    /// <summary>Adds the class names and returns the digest of everything added so far.</summary>
    public string Of(IReadOnlyList<string> classes)
    {
        foreach (var name in classes)
        {
            Add(name);
        }

        return Convert.ToHexString(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var isVector = column.Type is VectorDataViewType;
        var item = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        if (item == typeof(ReadOnlyMemory<char>))
        {
            return isVector ? Vector<ReadOnlyMemory<char>>(row, column, Add) : Scalar<ReadOnlyMemory<char>>(row, column, Add);
        }

        if (item == typeof(DateTimeOffset))
        {
            // Its bytes in memory include padding with arbitrary content.
            return isVector ? Vector<DateTimeOffset>(row, column, Add) : Scalar<DateTimeOffset>(row, column, Add);
        }

        if (column.Type is not (PrimitiveDataViewType or VectorDataViewType) || !item.IsValueType)
        {
            throw new ArgumentException(
                $"The column '{column.Name}' has the type {column.Type}, whose values an experiment with a WorkingDirectory cannot compare with those of an earlier run. Drop the column at the end of the preFeaturizer, or set WorkingDirectory to null.");
        }

        return (Action)typeof(DataFingerprint).GetMethod(isVector ? nameof(Numbers) : nameof(Number), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(item).Invoke(this, [row, column])!;
    }

    private Action Number<T>(DataViewRow row, DataViewSchema.Column column)
        where T : unmanaged => Scalar<T>(row, column, Add);

    private Action Numbers<T>(DataViewRow row, DataViewSchema.Column column)
        where T : unmanaged
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var value = default(VBuffer<T>);
        var indices = new List<int>();
        var values = new List<T>();
        return () =>
        {
            getter(ref value);
            indices.Clear();
            values.Clear();
            // Zeros are skipped because expanding a long sparse vector would cost memory and time.
            foreach (var (index, item) in value.Items())
            {
                if (!EqualityComparer<T>.Default.Equals(item, default))
                {
                    indices.Add(index);
                    values.Add(item);
                }
            }

            Add(value.Length);
            Add(values.Count);
            _hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(indices)));
            _hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
        };
    }

    private static Action Scalar<T>(DataViewRow row, DataViewSchema.Column column, Action<T> add)
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T)!;
        return () =>
        {
            getter(ref value);
            add(value);
        };
    }

    private Action Vector<T>(DataViewRow row, DataViewSchema.Column column, Action<T> add)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var value = default(VBuffer<T>);
        return () =>
        {
            getter(ref value);
            Add(value.Length);
            foreach (var item in value.DenseValues())
            {
                add(item);
            }
        };
    }

    private void Add<T>(T value)
        where T : unmanaged => _hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    private void Add(DateTimeOffset value)
    {
        Add(value.Ticks);
        Add(value.Offset.Ticks);
    }

    private void Add(string text) => Add(text.AsMemory());

    private void Add(ReadOnlyMemory<char> text)
    {
        Add(text.Length);
        _hash.AppendData(MemoryMarshal.AsBytes(text.Span));
    }
}

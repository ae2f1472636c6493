using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Comparison;

/// <summary>A digest of a view: its columns, and the values of those with numbers, text or keys.</summary>
internal static class DataFingerprint
{
    public static (string Hash, long Rows) Of(IDataView data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Microsoft.ML.DataViewSchema.Column[] columns = [.. data.Schema.Where(column => !column.IsHidden)];
        foreach (var column in columns)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{column.Name}:{column.Type};"));
        }

        long rows = 0;
        using var cursor = data.GetRowCursor(columns);
        Action[] readers = [.. columns.Select(column => Reader(cursor, column, hash)).OfType<Action>()];
        while (cursor.MoveNext())
        {
            rows++;
            foreach (var read in readers)
            {
                read();
            }
        }

        return (Convert.ToHexString(hash.GetHashAndReset()), rows);
    }

    private static Action? Reader(DataViewRow row, Microsoft.ML.DataViewSchema.Column column, IncrementalHash hash) => column.Type.RawType switch
    {
        var type when type == typeof(VBuffer<float>) => Vector<float>(row, column, hash),
        var type when type == typeof(VBuffer<double>) => Vector<double>(row, column, hash),
        var type when type == typeof(float) => Number<float>(row, column, hash),
        var type when type == typeof(double) => Number<double>(row, column, hash),
        var type when type == typeof(int) => Number<int>(row, column, hash),
        var type when type == typeof(uint) => Number<uint>(row, column, hash),
        var type when type == typeof(long) => Number<long>(row, column, hash),
        var type when type == typeof(byte) => Number<byte>(row, column, hash),
        var type when type == typeof(bool) => Number<bool>(row, column, hash),
        var type when type == typeof(ReadOnlyMemory<char>) => Text(row, column, hash),
        _ => null,
    };

    private static Action Vector<T>(DataViewRow row, Microsoft.ML.DataViewSchema.Column column, IncrementalHash hash)
        where T : unmanaged
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var value = default(VBuffer<T>);
        return () =>
        {
            getter(ref value);
            hash.AppendData(MemoryMarshal.AsBytes(value.GetIndices()));
            hash.AppendData(MemoryMarshal.AsBytes(value.GetValues()));
        };
    }

    private static Action Number<T>(DataViewRow row, Microsoft.ML.DataViewSchema.Column column, IncrementalHash hash)
        where T : unmanaged
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T);
        return () =>
        {
            getter(ref value);
            hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
        };
    }

    private static Action Text(DataViewRow row, Microsoft.ML.DataViewSchema.Column column, IncrementalHash hash)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        var value = default(ReadOnlyMemory<char>);
        return () =>
        {
            getter(ref value);
            hash.AppendData(MemoryMarshal.AsBytes(value.Span));
            hash.AppendData([0]);
        };
    }
}

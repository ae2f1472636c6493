namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>Reads rows in the order of a generator.</summary>
internal static class ShuffledRows
{
    /// <summary>A number of each row's vector, by which the row is identified.</summary>
    public static List<float> Read(IDataView rows, string column, Func<VBuffer<float>, float> number, Random? random)
    {
        var numbers = new List<float>();
        using var cursor = rows.GetRowCursor([rows.Schema[column]], random);
        var getter = cursor.GetGetter<VBuffer<float>>(rows.Schema[column]);
        var value = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            getter(ref value);
            numbers.Add(number(value));
        }

        return numbers;
    }
}

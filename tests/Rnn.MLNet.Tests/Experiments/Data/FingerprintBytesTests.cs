using System.Text;

namespace Rnn.MLNet.Tests.Experiments.Data;

/// <summary>
/// The digest is SHA-256 of bytes that are known: a journal of an earlier version is found again, and no value can be taken for
/// the end of what is before it.
/// </summary>
public sealed class FingerprintBytesTests
{
    private readonly MemoryStream _bytes = new();

    [Fact]
    public void Numbers_and_vectors_of_them()
    {
        Text("2 folds");
        Text("Value:Vector<Single>;");
        Bytes(4, 2, 1, 3, 7f, 8f, 3, 1, 0, 9f, 3, 0, 3L);
        Text("Value:Int32;");
        Bytes(5, 6, 7, 3L);
        Text("a");
        Text("bc");
        Check("2 folds", ["a", "bc"], View(new VBuffer<float>(4, [0, 7, 0, 8]), new VBuffer<float>(3, 1, [9], [0]), new VBuffer<float>(3, [0, 0, 0])), View(5, 6, 7));
    }

    [Fact]
    public void Texts_and_moments()
    {
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));
        Text("");
        Text("Value:String;");
        Text("one");
        Text("");
        Bytes(2L);
        Text("Value:Vector<String>;");
        Bytes(2);
        Text("x");
        Text("yz");
        Bytes(0, 2L);
        Text("Value:DateTimeOffset;");
        Bytes(moment.Ticks, TimeSpan.TicksPerHour, 1L);
        Check("", [], View("one", ""), View<string[]>(["x", "yz"], []), View(moment));
    }

    [Fact]
    public void Rows_that_read_like_the_end_of_their_set_are_none()
    {
        // What the first set is followed by, as numbers of its column.
        int[] header = ["Value:Int32;".Length, .. "Value:Int32;".Chunk(2).Select(pair => pair[0] | (pair[1] << 16))];
        var two = Digest("", [], View(1, 2), View(3));
        Assert.NotEqual(two, Digest("", [], View([1, 2, .. header, 3])));
        Assert.NotEqual(two, Digest("", [], View([1, 2, 0, 0, .. header, 3])));
        Assert.NotEqual(two, Digest("", [], View([1, 2, 2, 0, .. header, 3])));
    }

    [Fact]
    public void A_column_whose_values_cannot_be_compared_is_named()
    {
        var view = new MLContext(1).Data.LoadFromEnumerable([new Signed()]);
        Assert.StartsWith(
            "The column 'Value' has the type OpaqueValue, whose values an experiment with a WorkingDirectory cannot compare with those of an earlier run.",
            Assert.Throws<ArgumentException>(() => Digest("", [], view)).Message, StringComparison.Ordinal);
    }

    private void Check(string split, string[] classes, params IDataView[] views) => Assert.Equal(Convert.ToHexString(SHA256.HashData(_bytes.ToArray())), Digest(split, classes, views));

    private void Text(string text)
    {
        Bytes(text.Length);
        _bytes.Write(Encoding.Unicode.GetBytes(text));
    }

    private void Bytes(params object[] numbers)
    {
        foreach (var number in numbers)
        {
            _bytes.Write(number switch { int value => BitConverter.GetBytes(value), long value => BitConverter.GetBytes(value), var value => BitConverter.GetBytes((float)value) });
        }
    }

    private static string Digest(string split, string[] classes, params IDataView[] views)
    {
        using var digest = new DataFingerprint(split);
        Array.ForEach(views, view => digest.Add(view, TestContext.Current.CancellationToken));
        return digest.Of(classes);
    }

    private static IDataView View<T>(params T[] values) => new MLContext(1).Data.LoadFromEnumerable(values.Select(value => new Row<T> { Value = value }).ToArray());

    private sealed class Row<T>
    {
        public T Value { get; set; } = default!;
    }

    private sealed class Signed
    {
        [OpaqueValue.Values]
        public OpaqueValue Value { get; set; }
    }
}

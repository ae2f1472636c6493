using Rnn.MLNet.Tests.Scoring;

namespace Rnn.MLNet.Tests.Windows;

/// <summary>Columns of every type that can be a feature, a group, a time or a label.</summary>
public sealed class WindowColumnTypeTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData("Boolean", "1 0")]
    [InlineData("Byte", "200 201")]
    [InlineData("SByte", "-2 -1")]
    [InlineData("Int16", "-300 -299")]
    [InlineData("UInt16", "40000 40001")]
    [InlineData("Int32", "-70000 -69999")]
    [InlineData("UInt32", "3000000 3000001")]
    [InlineData("Int64", "5000 5001")]
    [InlineData("UInt64", "6000 6001")]
    [InlineData("Single", "0.5 1.5")]
    [InlineData("Double", "0.25 1.25")]
    [InlineData("Doubles", "1 2 3 4 5 6")]
    [InlineData("Flags", "1 0 0 1")]
    [InlineData("Sparse", "0 7 0 8 0 0")]
    public void As_features(string column, string values)
    {
        Assert.Equal([": " + values], WindowText.Of(_context.Data.CreateSequences(Data(), new() { Features = [column], Length = 2 })));
    }

    [Fact]
    public void Of_several_types_together()
    {
        Assert.Equal(
            [": 1 1 2 3 0.5 0 4 5 6 1.5"],
            WindowText.Of(_context.Data.CreateSequences(Data(), new() { Features = ["Boolean", "Doubles", "Single"], Length = 2 })));
    }

    [Theory]
    [InlineData("Boolean")]
    [InlineData("Byte")]
    [InlineData("SByte")]
    [InlineData("Int16")]
    [InlineData("UInt16")]
    [InlineData("Int32")]
    [InlineData("UInt32")]
    [InlineData("Int64")]
    [InlineData("UInt64")]
    [InlineData("Single")]
    [InlineData("Double")]
    [InlineData("Text")]
    [InlineData("ByteKey")]
    [InlineData("UInt16Key")]
    [InlineData("UInt32Key")]
    [InlineData("UInt64Key")]
    [InlineData("Date")]
    [InlineData("Zoned")]
    [InlineData("Duration")]
    [InlineData("Id")]
    public void As_groups(string column)
    {
        // Each of the two rows is a group of its own, twice.
        var source = _context.Data.LoadFromEnumerable([.. Rows(), .. Rows()], Definition);
        source = _context.Transforms.Conversion.ConvertType("UInt16Key", "UInt32Key", DataKind.UInt16).Fit(source).Transform(source);
        var windows = _context.Data.CreateSequences(source, new() { GroupBy = column, Features = ["Number"], Length = 2 });

        Assert.Equal(source.Schema[column].Type, windows.Schema[column].Type);
        Assert.Equal(Values(source, column)[..2], Values(windows, column));
        Assert.Equal(["0 0", "1 1"], WindowText.Of(windows).Select(text => text.Split(": ")[1]));
    }

    [Theory]
    [InlineData("Byte")]
    [InlineData("SByte")]
    [InlineData("Int16")]
    [InlineData("UInt16")]
    [InlineData("Int32")]
    [InlineData("UInt32")]
    [InlineData("Int64")]
    [InlineData("UInt64")]
    [InlineData("Single")]
    [InlineData("Double")]
    [InlineData("Date")]
    [InlineData("Zoned")]
    [InlineData("Duration")]
    public void As_times(string column)
    {
        var rows = Rows();
        var source = Data();
        var windows = _context.Data.CreateSequences(source, new() { OrderBy = column, Features = ["Number"], Length = 2 });

        Assert.Equal(source.Schema[column].Type, windows.Schema[column].Type);
        Assert.Equal(Values(source, column)[1..], Values(windows, column));

        rows.Reverse();
        var message = Assert.Throws<InvalidOperationException>(() => WindowText.Of(
            _context.Data.CreateSequences(_context.Data.LoadFromEnumerable(rows, Definition), new() { OrderBy = column, Features = ["Number"], Length = 2 }))).Message;
        Assert.StartsWith($"The time column '{column}' must not decrease within a group; row 1 (counted from 0) holds ", message);
    }

    [Theory]
    [InlineData("Boolean")]
    [InlineData("Byte")]
    [InlineData("SByte")]
    [InlineData("Int16")]
    [InlineData("UInt16")]
    [InlineData("Int32")]
    [InlineData("UInt32")]
    [InlineData("Int64")]
    [InlineData("UInt64")]
    [InlineData("Single")]
    [InlineData("Double")]
    [InlineData("Text")]
    [InlineData("ByteKey")]
    [InlineData("UInt16Key")]
    [InlineData("UInt32Key")]
    [InlineData("UInt64Key")]
    public void As_labels(string column)
    {
        var source = Data();
        foreach (var (label, row) in new[] { (SequenceLabel.First(column), 0), (SequenceLabel.Last(column), 1), (SequenceLabel.MostFrequent(column), 1) })
        {
            var windows = _context.Data.CreateSequences(source, new() { Features = ["Number"], Length = 2, Label = label });

            Assert.Equal(source.Schema[column].Type, windows.Schema["Label"].Type);
            Assert.Equal(Values(source, column)[row], Assert.Single(Values(windows, "Label")));
        }
    }

    [Fact]
    public void Groups_and_labels_keep_their_annotations()
    {
        var rows = LogRow.View(_context, LogRow.Parse("B1 B2 A1 A2"));
        rows = _context.Transforms.Conversion.MapValueToKey("Machine").Append(_context.Transforms.Conversion.MapValueToKey("State")).Fit(rows).Transform(rows);
        var windows = _context.Data.CreateSequences(
            rows, new() { GroupBy = "Machine", Features = ["Value"], Length = 2, Label = SequenceLabel.Last("State") });

        var named = _context.Transforms.Conversion.MapKeyToValue("Machine").Append(_context.Transforms.Conversion.MapKeyToValue("Label")).Fit(windows).Transform(windows);

        Assert.Equal(["B: 1 2 = ok", "A: 1 2 = ok"], WindowText.Of(named));
    }

    [Fact]
    public void A_vector_that_has_not_the_length_of_its_type_is_refused()
    {
        var rows = Rows();
        rows[1].Doubles = [1, 2];
        var windows = _context.Data.CreateSequences(_context.Data.LoadFromEnumerable(rows, Definition), new() { Features = ["Doubles"], Length = 2 });

        Assert.Equal(
            "The feature column 'Doubles' must hold 3 values in every row, as its type says; row 1 (counted from 0) holds 2.",
            Assert.Throws<InvalidOperationException>(() => WindowText.Of(windows)).Message);
    }

    private static SchemaDefinition Definition
    {
        get
        {
            var definition = SchemaDefinition.Create(typeof(TypedRow));
            definition[nameof(TypedRow.Sparse)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
            return definition;
        }
    }

    private static List<TypedRow> Rows() => [.. Enumerable.Range(0, 2).Select(i => new TypedRow
    {
        Number = i,
        Boolean = i == 0,
        Byte = (byte)(200 + i),
        SByte = (sbyte)(i - 2),
        Int16 = (short)(i - 300),
        UInt16 = (ushort)(40000 + i),
        Int32 = i - 70000,
        UInt32 = 3_000_000u + (uint)i,
        Int64 = 5000 + i,
        UInt64 = 6000 + (ulong)i,
        Single = i + 0.5f,
        Double = i + 0.25,
        Text = $"text {i}",
        Date = new DateTime(2026, 1, 1).AddHours(i),
        Zoned = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddHours(i),
        Duration = TimeSpan.FromMinutes(i),
        Id = new DataViewRowId((ulong)i, 7),
        ByteKey = (byte)i,
        UInt32Key = (uint)i,
        UInt64Key = (ulong)i,
        Doubles = [3 * i + 1, 3 * i + 2, 3 * i + 3],
        Flags = [i == 0, i == 1],
        Sparse = i == 0 ? new VBuffer<float>(3, 1, [7], [1]) : new VBuffer<float>(3, 1, [8], [0]),
    })];

    private IDataView Data()
    {
        var view = _context.Data.LoadFromEnumerable(Rows(), Definition);
        // The one type that a class cannot declare.
        return _context.Transforms.Conversion.ConvertType("UInt16Key", "UInt32Key", DataKind.UInt16).Fit(view).Transform(view);
    }

    private static List<string> Values(IDataView view, string column)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var read = ColumnText.Reader(cursor, view.Schema[column]);
        var values = new List<string>();
        while (cursor.MoveNext())
        {
            values.Add(read());
        }

        return values;
    }

    private sealed class TypedRow
    {
        public float Number { get; set; }

        public bool Boolean { get; set; }

        public byte Byte { get; set; }

        public sbyte SByte { get; set; }

        public short Int16 { get; set; }

        public ushort UInt16 { get; set; }

        public int Int32 { get; set; }

        public uint UInt32 { get; set; }

        public long Int64 { get; set; }

        public ulong UInt64 { get; set; }

        public float Single { get; set; }

        public double Double { get; set; }

        public string? Text { get; set; }

        public DateTime Date { get; set; }

        public DateTimeOffset Zoned { get; set; }

        public TimeSpan Duration { get; set; }

        public DataViewRowId Id { get; set; }

        [KeyType(4)]
        public byte ByteKey { get; set; }

        [KeyType(4)]
        public uint UInt32Key { get; set; }

        [KeyType(4)]
        public ulong UInt64Key { get; set; }

        [VectorType(3)]
        public double[] Doubles { get; set; } = [];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        public VBuffer<float> Sparse { get; set; }
    }
}

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A row of columns of every type that ML.NET has.</summary>
internal sealed class AllTypesRow
{
    [VectorType(SyntheticSequences.TimeSteps, SyntheticSequences.Values)]
    public float[] Features { get; set; } = [];

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

    public double[] Doubles { get; set; } = [];

    public string[] Texts { get; set; } = [];


    [KeyType(3)]
    public uint[] Keys { get; set; } = [];

    public VBuffer<float> Sparse { get; set; }

    [VectorType(1)]
    public TimeSpan[] Times { get; set; } = [];
}

namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>A digit as the pipelines of all contenders take it.</summary>
internal sealed class LabelledSequence
{
    /// <summary>ML.NET's OnnxTransformer binds columns to a network's inputs by name, so all pipelines use that name.</summary>
    public const string FeatureColumn = "features";

    public const int Side = 28;

    public const int Classes = 10;

    [ColumnName(FeatureColumn)]
    [VectorType(Side, Side)]
    public float[] Features { get; set; } = [];

    /// <summary>From 0: ML.NET makes a key of it when it reads the object.</summary>
    [KeyType(Classes)]
    public uint Label { get; set; }
}

namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>A digit, as the pipelines of all contenders read it.</summary>
internal sealed class LabelledSequence
{
    /// <summary>ML.NET's OnnxTransformer binds columns to the inputs of a network by name, so all pipelines use the name of the input.</summary>
    public const string FeatureColumn = "features";

    public const int Side = 28;

    public const int Classes = 10;

    [ColumnName(FeatureColumn)]
    [VectorType(Side, Side)]
    public float[] Features { get; set; } = [];

    /// <summary>The zero-based class, which ML.NET converts to a key when it reads the object.</summary>
    [KeyType(Classes)]
    public uint Label { get; set; }
}

using Microsoft.ML.Data;

namespace Rnn.MLNet.Benchmarks.Data;

/// <summary>A digit as the pipelines of all contenders take it.</summary>
internal sealed class LabelledSequence
{
    /// <summary>ML.NET's OnnxTransformer binds columns by the names of a network's inputs, so all pipelines use the exported network's.</summary>
    public const string FeatureColumn = "features";

    public const int Side = 28;

    public const int Classes = 10;

    [ColumnName(FeatureColumn)]
    [VectorType(Side, Side)]
    public float[] Features { get; set; } = [];

    /// <summary>From 1: keys count like that.</summary>
    [KeyType(Classes)]
    public uint Label { get; set; }
}

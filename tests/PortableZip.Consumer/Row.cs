using Microsoft.ML.Data;

namespace PortableZip.Consumer;

/// <summary>The columns that the model was trained with.</summary>
internal sealed class Row
{
    [VectorType(6, 2)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public float Weight { get; set; }
}

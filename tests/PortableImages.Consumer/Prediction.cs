namespace PortableImages.Consumer;

/// <summary>What is read of an answer.</summary>
internal sealed class Prediction
{
    public float[] Features { get; set; } = [];

    public float[] Score { get; set; } = [];
}

namespace PortableZip.Consumer;

/// <summary>What is read of an answer.</summary>
internal sealed class Prediction
{
    public float[] Score { get; set; } = [];
}

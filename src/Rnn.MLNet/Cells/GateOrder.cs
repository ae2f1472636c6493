namespace Rnn.MLNet.Cells;

/// <summary>
/// The order in which a layout stacks the gates of a cell, a letter each. libtorch (and so this library), ONNX and TensorFlow have
/// orders of their own; all reordering is here.
/// </summary>
internal sealed class GateOrder(string gates)
{
    public int Count => gates.Length;

    /// <summary>Brings a weight's gates into another order.</summary>
    /// <param name="other">The other order, of the same gates.</param>
    /// <param name="weight">Gates in this order, one behind the other: <c>[gates × units, …]</c>.</param>
    public float[] To(GateOrder other, ReadOnlySpan<float> weight)
    {
        var size = weight.Length / Count;
        var reordered = new float[weight.Length];
        for (var target = 0; target < Count; target++)
        {
            weight.Slice(IndexOf(other.At(target)) * size, size).CopyTo(reordered.AsSpan(target * size));
        }

        return reordered;
    }

    private char At(int index) => gates[index];

    private int IndexOf(char gate) => gates.IndexOf(gate);
}

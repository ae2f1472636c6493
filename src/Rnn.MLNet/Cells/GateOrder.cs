namespace Rnn.MLNet.Cells;

/// <summary>
/// The order in which a weight layout stacks the gates of a cell, with one letter per gate. libtorch (and this library), ONNX and TensorFlow use
/// different orders. All conversions between them use this class.
/// </summary>
internal sealed class GateOrder(string gates)
{
    public int Count => gates.Length;

    /// <summary>Converts a weight to another order of gates.</summary>
    /// <param name="other">The other order of the same gates.</param>
    /// <param name="weight">The weight in this order, <c>[gates × units, …]</c>, in row-major order.</param>
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

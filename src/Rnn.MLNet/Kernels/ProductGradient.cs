namespace Rnn.MLNet.Kernels;

/// <summary>The gradient of a weight matrix and its bias, summed over all rows and time steps.</summary>
internal sealed unsafe class ProductGradient<T>
    where T : struct, ILanes<T>
{
    private readonly AlignedFloats _byBlock;
    private readonly int _units;
    private readonly int _length;
    private readonly int[] _blocks;

    /// <param name="units">The number of units of a gate.</param>
    /// <param name="length">The number of inputs of the weights.</param>
    /// <param name="blocks">The block of each gate, see <see cref="GateBlocks"/>.</param>
    public ProductGradient(int units, int length, ReadOnlySpan<int> blocks)
    {
        _units = units;
        _length = length;
        _blocks = blocks.ToArray();
        // The last row is the gradient of the bias.
        _byBlock = new AlignedFloats((length + 1L) * Gates.Columns);
    }

    private GateBlocks Gates => new(_blocks, _units, PanelWidth.Of<T>(_units));

    /// <summary>Computes the gradient.</summary>
    /// <param name="values">The values with which the weights were multiplied, <c>[steps × rows, length]</c>.</param>
    /// <param name="gradients">The gradients of the pre-activations, <c>[steps × rows, all blocks]</c>.</param>
    /// <param name="weights">Receives the gradient of the weights, <c>[gates × units, length]</c>.</param>
    /// <param name="bias">Receives that of their bias, <c>[gates × units]</c>; null if there is none.</param>
    public void Compute(in Matrix values, in Matrix gradients, float* weights, float* bias)
    {
        var gates = Gates;
        var sums = new Matrix(_byBlock.Start, _length + 1, gates.Columns, gates.Columns);
        _byBlock.Values.Clear();
        WeightGradient<T>.Add(values.SomeColumns(0, _length), gradients.SomeColumns(gates.FirstColumn, gates.Columns), sums);
        PackedWeights.Unpack(sums.SomeRows(0, _length), gates, new Matrix(weights, gates.Gates * _units, _length, _length));
        if (bias is not null)
        {
            PackedWeights.Unpack(sums.SomeRows(_length, 1), gates, new Matrix(bias, gates.Gates * _units, 1, 1));
        }
    }
}

namespace Rnn.MLNet.Kernels;

/// <summary>Weights that are packed for products with rows of gradients, from gates back to inputs or state.</summary>
internal sealed unsafe class PackedTranspose<T>
    where T : struct, ILanes<T>
{
    private readonly AlignedFloats _packed;
    private readonly int _units;
    private readonly int _length;
    private readonly int[] _blocks;

    /// <param name="units">The number of units of a gate.</param>
    /// <param name="length">The number of inputs of the weights.</param>
    /// <param name="blocks">The block of each gate, see <see cref="GateBlocks"/>.</param>
    public PackedTranspose(int units, int length, ReadOnlySpan<int> blocks)
    {
        _units = units;
        _length = length;
        _blocks = blocks.ToArray();
        Width = PanelWidth.Of<T>(length);
        _packed = new AlignedFloats((long)Gates.Columns * Width);
    }

    /// <summary>The number of results for a row: the inputs, padded.</summary>
    public int Width { get; }

    private GateBlocks Gates => new(_blocks, _units, PanelWidth.Of<T>(_units));

    /// <summary>Packs weights.</summary>
    /// <param name="weights">The weights in the layout of the network, <c>[gates × units, length]</c>, in row-major order.</param>
    public void Load(float* weights) =>
        PackedWeights.Backward(new Matrix(weights, _blocks.Length * _units, _length, _length), Gates, PanelWidth.Panel<T>(), _packed.Start);

    /// <summary>Returns the operands of a product of rows with these weights.</summary>
    /// <param name="gradients">The gradients of all blocks of the cell, from the first of these gates on.</param>
    public Factor Times(scoped in Matrix gradients)
    {
        var gates = Gates;
        return new(gradients.SomeColumns(gates.FirstColumn, gates.Columns), _packed.Start);
    }
}

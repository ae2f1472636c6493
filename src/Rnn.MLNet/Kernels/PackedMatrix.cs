namespace Rnn.MLNet.Kernels;

/// <summary>Weights that are packed for products with rows of values, from inputs or state to gates.</summary>
internal sealed unsafe class PackedMatrix<T>
    where T : struct, ILanes<T>
{
    private readonly AlignedFloats _packed;
    private readonly int _units;
    private readonly int[] _blocks;

    /// <param name="units">The number of units of a gate.</param>
    /// <param name="length">The length of the rows that are multiplied.</param>
    /// <param name="blocks">The block of each gate, see <see cref="GateBlocks"/>.</param>
    public PackedMatrix(int units, int length, ReadOnlySpan<int> blocks)
    {
        _units = units;
        _blocks = blocks.ToArray();
        Length = length;
        _packed = new AlignedFloats((long)Gates.Columns * length);
    }

    /// <summary>The length of the rows that are multiplied.</summary>
    public int Length { get; }

    private GateBlocks Gates => new(_blocks, _units, PanelWidth.Of<T>(_units));

    /// <summary>Packs weights.</summary>
    /// <param name="weights">The weights in the layout of the network, <c>[gates × units, length]</c>, in row-major order.</param>
    public void Load(float* weights) =>
        PackedWeights.Forward(new Matrix(weights, _blocks.Length * _units, Length, Length), Gates, PanelWidth.Panel<T>(), _packed.Start);

    /// <summary>Returns the operands of a product of rows with these weights.</summary>
    /// <param name="rows">The rows, <c>[rows, length]</c>.</param>
    public Factor Times(scoped in Matrix rows) => new(rows, _packed.Start);
}

namespace Rnn.MLNet.Kernels;

/// <summary>Weights that are packed once, for products with one row after another.</summary>
internal sealed unsafe class PackedMatrix<T>
    where T : struct, ILanes<T>
{
    private readonly AlignedFloats _packed;

    /// <param name="weights">The weights in the layout of the network, <c>[gates × units, length]</c>, in row-major order.</param>
    /// <param name="units">The number of units of a gate.</param>
    /// <param name="blocks">The block of each gate, see <see cref="GateBlocks"/>.</param>
    public PackedMatrix(float[] weights, int units, ReadOnlySpan<int> blocks)
    {
        var gates = new GateBlocks(blocks, units, Width(units));
        Length = weights.Length / (blocks.Length * units);
        _packed = new AlignedFloats((long)gates.Columns * Length);
        fixed (float* source = weights)
        {
            PackedWeights.Forward(new Matrix(source, blocks.Length * units, Length, Length), gates, Panel, _packed.Start);
        }
    }

    /// <summary>The length of the rows that are multiplied.</summary>
    public int Length { get; }

    /// <summary>The address of the packed weights.</summary>
    public float* Start => _packed.Start;

    private static int Panel => 2 * T.Count;

    /// <summary>Returns the number of units, rounded up to a multiple of the panel width.</summary>
    public static int Width(int units) => (units + Panel - 1) / Panel * Panel;

    /// <summary>Packs a bias.</summary>
    /// <param name="columns">The number of columns of all blocks of the cell.</param>
    /// <param name="units">The number of units of a gate.</param>
    /// <param name="bias">The bias, <c>[gates × units]</c>.</param>
    /// <param name="blocks">The block of each gate.</param>
    public static AlignedFloats Bias(int columns, int units, float[] bias, ReadOnlySpan<int> blocks)
    {
        var packed = new AlignedFloats(columns);
        AddBias(packed, units, bias, blocks);
        return packed;
    }

    /// <summary>Adds another bias to a packed one.</summary>
    public static void AddBias(AlignedFloats packed, int units, float[] bias, ReadOnlySpan<int> blocks)
    {
        fixed (float* source = bias)
        {
            PackedWeights.AddBias(source, new GateBlocks(blocks, units, Width(units)), packed.Start);
        }
    }

    /// <summary>Returns the operands of a product of rows with these weights.</summary>
    /// <param name="rows">The rows, <c>[rows, length]</c>.</param>
    public Factor Times(scoped in Matrix rows) => new(rows, Start);
}

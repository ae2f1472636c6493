namespace Rnn.MLNet.Kernels;

/// <summary>
/// Packs weights in the layout that <see cref="MatrixTile{T}"/> reads: panels that are as many columns wide as two registers, each stored in
/// row-major order. Each gate occupies a block whose width is a multiple of the panel width, padded with zeros.
/// </summary>
internal static unsafe class PackedWeights
{
    /// <summary>Packs weights for the forward pass, from inputs or state to gates: <c>[length, blocks × width]</c>.</summary>
    /// <param name="weights">The weights in the layout of the network, <c>[gates × units, length]</c>, in row-major order.</param>
    /// <param name="blocks">The blocks of the gates.</param>
    /// <param name="panel">The number of columns in a panel.</param>
    /// <param name="packed">Receives the packed weights. Must be zero if the number of units differs from the width.</param>
    public static void Forward(in Matrix weights, in GateBlocks blocks, int panel, float* packed)
    {
        var length = weights.Columns;
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            for (var unit = 0; unit < blocks.Units; unit += panel)
            {
                var units = weights.SomeRows(gate * blocks.Units + unit, Math.Min(panel, blocks.Units - unit));
                Transposition.Copy(units, packed + (long)(blocks.Column(gate) + unit) * length, panel);
            }
        }
    }

    /// <summary>Packs weights for the backward pass, from the gradients of the gates to those of inputs or state: <c>[blocks × width, length]</c>.</summary>
    /// <param name="weights">The weights in the layout of the network, <c>[gates × units, length]</c>, in row-major order.</param>
    /// <param name="blocks">The blocks of the gates.</param>
    /// <param name="panel">The number of columns in a panel.</param>
    /// <param name="packed">Receives the packed weights. Must be zero if the number of units differs from the width.</param>
    public static void Backward(in Matrix weights, in GateBlocks blocks, int panel, float* packed)
    {
        int units = blocks.Units, columns = weights.Columns;
        var length = (long)blocks.Columns;
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var row = blocks.Column(gate) + unit;
                var source = new ReadOnlySpan<float>(weights.Row(gate * units + unit), columns);
                for (var column = 0; column < columns; column += panel)
                {
                    var part = source[column..Math.Min(column + panel, columns)];
                    part.CopyTo(new Span<float>(packed + (long)(column / panel) * length * panel + (long)row * panel, panel));
                }
            }
        }
    }

    /// <summary>Converts a gradient from the block layout back to the layout of the network.</summary>
    /// <param name="byBlock">The gradient by block, <c>[length, blocks × width]</c>, not in panels.</param>
    /// <param name="blocks">The blocks of the gates.</param>
    /// <param name="weights">Receives the gradient in the layout of the network, <c>[gates × units, length]</c>, in row-major order.</param>
    public static void Unpack(in Matrix byBlock, in GateBlocks blocks, in Matrix weights)
    {
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            Transposition.Copy(byBlock.SomeColumns(blocks.Column(gate), blocks.Units), weights.Row(gate * blocks.Units), weights.RowStride);
        }
    }

    /// <summary>Adds a bias to the initial values of the pre-activations.</summary>
    /// <param name="bias">The bias, <c>[gates × units]</c>.</param>
    /// <param name="blocks">The blocks of the gates.</param>
    /// <param name="initial">The initial values, one for each column of all blocks of the cell.</param>
    public static void AddBias(float* bias, in GateBlocks blocks, float* initial)
    {
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            for (var unit = 0; unit < blocks.Units; unit++)
            {
                initial[blocks.FirstColumn + blocks.Column(gate) + unit] += bias[gate * blocks.Units + unit];
            }
        }
    }
}

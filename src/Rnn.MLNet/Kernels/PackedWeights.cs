namespace Rnn.MLNet.Kernels;

/// <summary>
/// Weights as <see cref="MatrixTile{T}"/> reads them: panels of as many columns as two registers hold, in each the rows one
/// after the other. Gates lie in blocks of a whole number of panels; what is beyond a gate's units is zero.
/// </summary>
internal static unsafe class PackedWeights
{
    /// <summary>Packs for the forward pass, inputs to gates: <c>[length, blocks × width]</c>.</summary>
    /// <param name="weights"><c>[gates × units, length]</c>, as the network keeps them; rows one after the other.</param>
    /// <param name="blocks">Where the gates lie.</param>
    /// <param name="panel">Columns of a panel.</param>
    /// <param name="packed">Zeros, where units and width differ.</param>
    public static void Forward(in Matrix weights, in GateBlocks blocks, int panel, float* packed)
    {
        var length = weights.Columns;
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            for (var unit = 0; unit < blocks.Units; unit++)
            {
                var column = blocks.Column(gate) + unit;
                var target = packed + (long)(column / panel) * length * panel + column % panel;
                var source = weights.Row(gate * blocks.Units + unit);
                for (var k = 0; k < length; k++)
                {
                    target[(long)k * panel] = source[k];
                }
            }
        }
    }

    /// <summary>Packs for the backward pass, gradients of the gates to those of the state: <c>[blocks × width, width]</c>.</summary>
    /// <param name="weights"><c>[gates × units, units]</c>, as the network keeps them; rows one after the other.</param>
    /// <param name="blocks">Where the gates lie.</param>
    /// <param name="panel">Columns of a panel.</param>
    /// <param name="packed">Zeros, where units and width differ.</param>
    public static void Backward(in Matrix weights, in GateBlocks blocks, int panel, float* packed)
    {
        var units = blocks.Units;
        var length = (long)blocks.Columns;
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var row = blocks.Column(gate) + unit;
                var source = new ReadOnlySpan<float>(weights.Row(gate * units + unit), units);
                for (var column = 0; column < units; column += panel)
                {
                    var part = source[column..Math.Min(column + panel, units)];
                    part.CopyTo(new Span<float>(packed + (long)(column / panel) * length * panel + (long)row * panel, panel));
                }
            }
        }
    }

    /// <summary>From the columns of blocks back to the rows of gates.</summary>
    /// <param name="byBlock"><c>[length, blocks × width]</c>.</param>
    /// <param name="blocks">Where the gates lie.</param>
    /// <param name="weights"><c>[gates × units, length]</c>, rows one after the other.</param>
    public static void Unpack(in Matrix byBlock, in GateBlocks blocks, in Matrix weights)
    {
        for (var gate = 0; gate < blocks.Gates; gate++)
        {
            for (var unit = 0; unit < blocks.Units; unit++)
            {
                var source = byBlock.Start + blocks.Column(gate) + unit;
                var target = weights.Row(gate * blocks.Units + unit);
                for (var k = 0; k < byBlock.Rows; k++)
                {
                    target[k] = source[(long)k * byBlock.RowStride];
                }
            }
        }
    }

    /// <summary>Adds a bias to what the pre-activations begin with.</summary>
    /// <param name="bias"><c>[gates × units]</c>.</param>
    /// <param name="blocks">Where the gates lie.</param>
    /// <param name="initial">One number for each column of all blocks.</param>
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

/// <summary>The weights of a layer for the forward pass.</summary>
/// <param name="kernel">The packed weights of the inputs.</param>
/// <param name="recurrentKernel">The packed weights of the state.</param>
/// <param name="bias">One number for each pre-activation of a row.</param>
internal readonly unsafe ref struct ForwardWeights(float* kernel, float* recurrentKernel, float* bias)
{
    public readonly float* Kernel = kernel, RecurrentKernel = recurrentKernel, Bias = bias;
}

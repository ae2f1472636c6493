namespace Rnn.MLNet.Kernels;

/// <summary>
/// Weights as <see cref="MatrixTile{T}"/> reads them: panels of as many columns as two registers hold, in each the rows one
/// after the other. Gates lie in blocks of a whole number of panels; what is beyond a gate's units is zero.
/// </summary>
internal static unsafe class PackedWeights
{
    /// <summary>Packs for the forward pass, inputs to gates: <c>[length, blocks × width]</c>.</summary>
    /// <param name="weights"><c>[gates × units, length]</c>, as the network keeps them.</param>
    /// <param name="units">Rows of a gate.</param>
    /// <param name="length">Numbers of a row.</param>
    /// <param name="blocks">The block of each gate.</param>
    /// <param name="width">Columns of a block.</param>
    /// <param name="panel">Columns of a panel.</param>
    /// <param name="packed">Zeros, where units and width differ.</param>
    public static void Forward(float* weights, int units, int length, ReadOnlySpan<int> blocks, int width, int panel, float* packed)
    {
        var firstBlock = First(blocks);
        for (var gate = 0; gate < blocks.Length; gate++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var column = (blocks[gate] - firstBlock) * width + unit;
                var target = packed + (long)(column / panel) * length * panel + column % panel;
                var source = weights + ((long)gate * units + unit) * length;
                for (var k = 0; k < length; k++)
                {
                    target[(long)k * panel] = source[k];
                }
            }
        }
    }

    /// <summary>Packs for the backward pass, gradients of the gates to those of the state: <c>[blocks × width, width]</c>.</summary>
    /// <param name="weights"><c>[gates × units, units]</c>, as the network keeps them.</param>
    /// <param name="units">Rows of a gate, and numbers of a row.</param>
    /// <param name="blocks">The block of each gate.</param>
    /// <param name="width">Columns of a block.</param>
    /// <param name="panel">Columns of a panel.</param>
    /// <param name="packed">Zeros, where units and width differ.</param>
    public static void Backward(float* weights, int units, ReadOnlySpan<int> blocks, int width, int panel, float* packed)
    {
        var firstBlock = First(blocks);
        var length = (long)blocks.Length * width;
        for (var gate = 0; gate < blocks.Length; gate++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var row = (blocks[gate] - firstBlock) * width + unit;
                var source = new ReadOnlySpan<float>(weights + ((long)gate * units + unit) * units, units);
                for (var column = 0; column < units; column += panel)
                {
                    var part = source[column..Math.Min(column + panel, units)];
                    part.CopyTo(new Span<float>(packed + (long)(column / panel) * length * panel + (long)row * panel, panel));
                }
            }
        }
    }

    /// <summary>From the columns of blocks back to the rows of gates.</summary>
    /// <param name="byBlock"><c>[length, stride]</c>.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="length">Rows.</param>
    /// <param name="units">Units of a gate.</param>
    /// <param name="blocks">The block of each gate.</param>
    /// <param name="width">Columns of a block.</param>
    /// <param name="weights"><c>[gates × units, length]</c>.</param>
    public static void Unpack(float* byBlock, int stride, int length, int units, ReadOnlySpan<int> blocks, int width, float* weights)
    {
        var firstBlock = First(blocks);
        for (var gate = 0; gate < blocks.Length; gate++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var source = byBlock + (blocks[gate] - firstBlock) * width + unit;
                var target = weights + ((long)gate * units + unit) * length;
                for (var k = 0; k < length; k++)
                {
                    target[k] = source[(long)k * stride];
                }
            }
        }
    }

    /// <summary>Adds a bias to each block's sums.</summary>
    /// <param name="bias"><c>[gates × units]</c>.</param>
    /// <param name="units">Numbers of a gate.</param>
    /// <param name="blocks">The block of each gate.</param>
    /// <param name="width">Columns of a block.</param>
    /// <param name="sums">One number for each column of all blocks.</param>
    public static void Add(float* bias, int units, ReadOnlySpan<int> blocks, int width, float* sums)
    {
        for (var gate = 0; gate < blocks.Length; gate++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                sums[blocks[gate] * width + unit] += bias[gate * units + unit];
            }
        }
    }

    /// <summary>The first of the blocks.</summary>
    public static int First(ReadOnlySpan<int> blocks)
    {
        var min = blocks[0];
        foreach (var block in blocks)
        {
            min = Math.Min(min, block);
        }

        return min;
    }
}

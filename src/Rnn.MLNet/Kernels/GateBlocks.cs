namespace Rnn.MLNet.Kernels;

/// <summary>
/// Maps the gates to which a weight matrix contributes, in the order of the weights, to blocks of pre-activations, in the order of the cell's
/// kernel.
/// </summary>
/// <param name="blocks">The block of each gate. The blocks must be contiguous.</param>
/// <param name="units">The number of units, which is the number of values per gate.</param>
/// <param name="width">The number of columns of a block: the units, padded with zeros to a multiple of the panel width.</param>
internal readonly ref struct GateBlocks(ReadOnlySpan<int> blocks, int units, int width)
{
    private readonly ReadOnlySpan<int> _blocks = blocks;

    public readonly int Units = units, Width = width;

    public int Gates => _blocks.Length;

    /// <summary>The total number of columns of all gates.</summary>
    public int Columns => Gates * Width;

    /// <summary>The first column of these gates among the columns of all blocks of the cell.</summary>
    public int FirstColumn => First(_blocks) * Width;

    /// <summary>Returns the first column of a gate, relative to <see cref="FirstColumn"/>.</summary>
    public int Column(int gate) => _blocks[gate] * Width - FirstColumn;

    /// <summary>Returns the smallest index among the given blocks.</summary>
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

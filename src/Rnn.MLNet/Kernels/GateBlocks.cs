namespace Rnn.MLNet.Kernels;

/// <summary>Where the gates that a kernel feeds lie among the blocks of pre-activations: gates as the weights stack them, blocks as the cell wants them.</summary>
/// <param name="blocks">The block of each gate; together they lie side by side.</param>
/// <param name="units">Numbers of a gate.</param>
/// <param name="width">Columns of a block: the units, and zeros up to a whole number of panels.</param>
internal readonly ref struct GateBlocks(ReadOnlySpan<int> blocks, int units, int width)
{
    private readonly ReadOnlySpan<int> _blocks = blocks;

    public readonly int Units = units, Width = width;

    public int Gates => _blocks.Length;

    /// <summary>Columns of all gates together.</summary>
    public int Columns => Gates * Width;

    /// <summary>The first of the columns, among those of all blocks.</summary>
    public int FirstColumn => First(_blocks) * Width;

    /// <summary>The first column of a gate, counted from <see cref="FirstColumn"/>.</summary>
    public int Column(int gate) => _blocks[gate] * Width - FirstColumn;

    /// <summary>The first of some blocks.</summary>
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

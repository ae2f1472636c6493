namespace Rnn.MLNet.Kernels;

/// <inheritdoc cref="IRowProduct"/>
internal sealed unsafe class RowProduct<T> : IRowProduct
    where T : struct, ILanes<T>
{
    private static readonly int[] OneBlock = [0];

    private readonly PackedMatrix<T> _weights;
    private readonly AlignedFloats _bias;

    /// <param name="outputs">The number of outputs.</param>
    /// <param name="length">The length of a row.</param>
    public RowProduct(int outputs, int length)
    {
        Width = PanelWidth.Of<T>(outputs);
        _weights = new PackedMatrix<T>(outputs, length, OneBlock);
        _bias = new AlignedFloats(Width);
    }

    public int Width { get; }

    /// <summary>Packs weights.</summary>
    /// <param name="weights">The weights in the layout of the network, <c>[outputs, length]</c>, in row-major order.</param>
    /// <param name="bias">The bias, <c>[outputs]</c>; empty for none.</param>
    public void Load(float* weights, ReadOnlySpan<float> bias)
    {
        _weights.Load(weights);
        bias.CopyTo(_bias.Values);
    }

    public void Multiply(in Matrix rows, in Matrix target) =>
        MatrixTile<T>.Multiply(_weights.Times(rows), default, new Matrix(_bias.Start, rows.Rows, Width, rowStride: 0), target);
}

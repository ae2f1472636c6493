namespace Rnn.MLNet.Kernels;

/// <inheritdoc cref="IRowProduct"/>
internal sealed unsafe class RowProduct<T> : IRowProduct
    where T : struct, ILanes<T>
{
    private readonly PackedMatrix<T> _weights;
    private readonly AlignedFloats _bias;

    /// <param name="weights">The weights in the layout of the network, <c>[outputs, length]</c>, in row-major order.</param>
    /// <param name="bias">The bias, <c>[outputs]</c>.</param>
    public RowProduct(float[] weights, float[] bias)
    {
        Width = PackedMatrix<T>.Width(bias.Length);
        _weights = new PackedMatrix<T>(weights, bias.Length, [0]);
        _bias = PackedMatrix<T>.Bias(Width, bias.Length, bias, [0]);
    }

    public int Width { get; }

    public void Multiply(in Matrix rows, in Matrix target) =>
        MatrixTile<T>.Multiply(_weights.Times(rows), default, new Matrix(_bias.Start, rows.Rows, Width, rowStride: 0), target);
}

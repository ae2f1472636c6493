namespace Rnn.MLNet.Kernels;

/// <summary>The product of rows with a weight matrix, plus a bias.</summary>
internal unsafe interface IRowProduct
{
    /// <summary>The number of outputs, rounded up to a multiple of the panel width.</summary>
    int Width { get; }

    /// <summary>Computes target = bias + rows · weights.</summary>
    /// <param name="rows">The rows, <c>[rows, length]</c>.</param>
    /// <param name="target">Receives the outputs, <c>[rows, width]</c>.</param>
    void Multiply(in Matrix rows, in Matrix target);
}

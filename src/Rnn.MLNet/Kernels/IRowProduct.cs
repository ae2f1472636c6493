namespace Rnn.MLNet.Kernels;

/// <summary>The product of a row with a weight matrix, plus a bias.</summary>
internal unsafe interface IRowProduct
{
    /// <summary>The number of outputs, rounded up to a multiple of the panel width.</summary>
    int Width { get; }

    /// <summary>Computes target = bias + row · weights.</summary>
    /// <param name="row">The row, <c>[length]</c>.</param>
    /// <param name="target">Receives the outputs, <c>[width]</c>.</param>
    void Multiply(float* row, float* target);
}

namespace Rnn.MLNet.Onnx;

/// <summary>The weights of one direction of ONNX's LSTM, GRU or RNN, their gates stacked in ONNX's order, row by row.</summary>
/// <param name="Kernel"><c>[gates × units, inputs]</c>.</param>
/// <param name="RecurrentKernel"><c>[gates × units, units]</c>.</param>
/// <param name="Bias"><c>[gates × units]</c>.</param>
internal sealed record OperatorWeights(float[] Kernel, float[] RecurrentKernel, float[] Bias)
{
    /// <summary><c>[gates × units]</c>; null for zeros.</summary>
    public float[]? RecurrentBias { get; init; }

    /// <summary><c>[3 × units]</c>, of an LSTM; null for none.</summary>
    public float[]? Peepholes { get; init; }
}

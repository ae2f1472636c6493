namespace Rnn.MLNet.Onnx;

/// <summary>The weights of one direction of ONNX's LSTM, GRU or RNN operator, in row-major order and in ONNX's order of gates.</summary>
/// <param name="Kernel">The weights of the inputs, <c>[gates × units, inputs]</c>.</param>
/// <param name="RecurrentKernel">The weights of the state, <c>[gates × units, units]</c>.</param>
/// <param name="Bias">The bias of the inputs' product, <c>[gates × units]</c>.</param>
internal sealed record OperatorWeights(float[] Kernel, float[] RecurrentKernel, float[] Bias)
{
    /// <summary>The bias of the state's product, <c>[gates × units]</c>; null for zeros.</summary>
    public float[]? RecurrentBias { get; init; }

    /// <summary>The peepholes of an LSTM, <c>[3 × units]</c>; null for none.</summary>
    public float[]? Peepholes { get; init; }
}

namespace Rnn.MLNet.Onnx;

/// <summary>A constant tensor of weights in a graph.</summary>
/// <param name="Name">The name, unique in the graph.</param>
/// <param name="Values">The elements, in row-major order.</param>
internal readonly record struct OnnxWeight(string Name, float[] Values);

namespace Rnn.MLNet.Onnx;

/// <summary>The time step of one direction of a cell, for ONNX's Scan operator.</summary>
/// <param name="Inputs">The name of the inputs, <c>[time, batch, InputSize]</c>. Each time step receives one slice.</param>
/// <param name="InputSize">The size of the last dimension of a slice.</param>
/// <param name="StateSizes">The sizes of the state variables. The first state variable is also the output.</param>
/// <param name="Body">
/// Adds the time step to the given graph. Receives the names of the slice and of the state variables, and returns the names of the new state
/// variables.
/// </param>
internal sealed record ScanStep(
    string Inputs,
    long InputSize,
    IReadOnlyList<int> StateSizes,
    Func<OnnxGraph, string, IReadOnlyList<string>, IReadOnlyList<string>> Body);

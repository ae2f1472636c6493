namespace Rnn.MLNet.Onnx;

/// <summary>One direction of a cell as ONNX's Scan runs it: what goes into a step, and what a step does.</summary>
/// <param name="Inputs">The name of what a step takes one slice of, <c>[time, batch, InputSize]</c>.</param>
/// <param name="InputSize">Size of a slice.</param>
/// <param name="StateSizes">Sizes of the state's parts; the first part is also the output.</param>
/// <param name="Body">Adds one step to a graph: from the names of the slice and the old state's parts to those of the new.</param>
internal sealed record ScanStep(
    string Inputs,
    long InputSize,
    IReadOnlyList<int> StateSizes,
    Func<OnnxGraph, string, IReadOnlyList<string>, IReadOnlyList<string>> Body);

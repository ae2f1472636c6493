namespace Rnn.MLNet.Cells;

/// <summary>All that this library knows of a cell.</summary>
/// <param name="Recurrence">Its weights, and how it runs over a sequence.</param>
/// <param name="Onnx">How it is written as ONNX: one operator where ONNX has it, else a Scan.</param>
/// <param name="TensorFlow">How TensorFlow 1 lays out its weights; null for a cell that it does not have.</param>
internal sealed record CellDefinition(IRecurrence Recurrence, IOnnxWriter Onnx, ITensorFlowLayout? TensorFlow = null);

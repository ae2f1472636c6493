namespace Rnn.MLNet.Cells;

/// <summary>The implementation of a cell.</summary>
/// <param name="Recurrence">Specifies the weights and runs the cell over a sequence.</param>
/// <param name="Onnx">Writes the cell as ONNX: as a single operator if ONNX has one, otherwise as a Scan.</param>
/// <param name="TensorFlow">Reads the weights of the cell from TensorFlow's variables; null if TensorFlow 1 has no such cell.</param>
internal sealed record CellDefinition(IRecurrence Recurrence, IOnnxWriter Onnx, ITensorFlowLayout? TensorFlow = null);

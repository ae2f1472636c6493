using static TorchSharp.torch;

namespace Rnn.MLNet.Reading;

/// <summary>Rows of a minibatch as tensors.</summary>
/// <param name="Inputs"><c>[batch, time, features]</c>, float32.</param>
/// <param name="Lengths"><c>[batch]</c>, int64: time steps of each row; null where all rows have all steps.</param>
/// <param name="Targets">What the rows' targets are, as the task reads them: for a classification <c>[batch]</c>, int64 class indices.</param>
/// <param name="Weights"><c>[batch]</c>, float32.</param>
internal readonly record struct SequenceBatch(Tensor Inputs, Tensor? Lengths, Tensor Targets, Tensor Weights);

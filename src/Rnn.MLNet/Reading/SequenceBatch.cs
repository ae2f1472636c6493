using static TorchSharp.torch;

namespace Rnn.MLNet.Reading;

/// <summary>Rows of a minibatch as tensors.</summary>
/// <param name="Inputs">The features, <c>[batch, time, features]</c>, float32.</param>
/// <param name="Lengths">The number of time steps of each row, <c>[batch]</c>, int64; null if all rows have all time steps.</param>
/// <param name="Targets">The targets, in the task's format: for classification the class indices, <c>[batch]</c>, int64.</param>
/// <param name="Weights">The weights of the rows, <c>[batch]</c>, float32.</param>
internal readonly record struct SequenceBatch(Tensor Inputs, Tensor? Lengths, Tensor Targets, Tensor Weights);

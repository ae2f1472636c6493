using static TorchSharp.torch;

namespace Rnn.MLNet.Reading;

/// <summary>Rows of a minibatch as tensors.</summary>
/// <param name="Sequences"><c>[batch, time, features]</c>, float32.</param>
/// <param name="Labels"><c>[batch]</c>, int64 class indices.</param>
/// <param name="Weights"><c>[batch]</c>, float32.</param>
internal readonly record struct SequenceBatch(Tensor Sequences, Tensor Labels, Tensor Weights);

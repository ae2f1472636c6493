using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>What a layer gives.</summary>
/// <param name="Outputs">
/// Of every step in the inputs' order, <c>[batch, time, outputs × directions]</c>; null where the final state alone was asked for.
/// </param>
/// <param name="FinalState">Each direction's own state after its last step.</param>
internal readonly record struct LayerOutput(Tensor? Outputs, LayerState FinalState);

using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>The output of a layer.</summary>
/// <param name="Outputs">
/// The outputs of every time step, in the order of the inputs, <c>[batch, time, outputs × directions]</c>; null if only the final state was
/// requested.
/// </param>
/// <param name="FinalState">The state of each direction after the last time step that it processed.</param>
internal readonly record struct LayerOutput(Tensor? Outputs, LayerState FinalState);

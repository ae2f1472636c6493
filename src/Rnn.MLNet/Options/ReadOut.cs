namespace Rnn.MLNet;

/// <summary>
/// How the outputs of the last recurrent layer, <c>[batch, time, outputs × directions]</c>, are reduced to the input of the output layer,
/// <c>[batch, outputs × directions]</c>.
/// </summary>
public enum ReadOut
{
    /// <summary>
    /// The final output of each direction: the forward direction's at the last time step, the backward direction's at the first. Both
    /// depend on the whole sequence. This is the default, corresponds to Keras, and usually trains best.
    /// </summary>
    FinalState,

    /// <summary>
    /// The outputs at the last time step. In a unidirectional network this equals <see cref="FinalState"/>. In a bidirectional network the
    /// backward half has processed only that one time step, so only the forward half carries information about the whole sequence.
    /// This corresponds to <c>outputs[-1]</c> of TensorFlow 1's <c>static_bidirectional_rnn</c> and exists to reproduce programs that use it.
    /// </summary>
    LastOutput,

    /// <summary>The mean of the outputs over all time steps.</summary>
    MeanPool,
}

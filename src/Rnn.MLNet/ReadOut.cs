namespace Rnn.MLNet;

/// <summary>What the output layer sees of the last recurrent layer's outputs, <c>[batch, time, outputs × directions]</c>.</summary>
public enum ReadOut
{
    /// <summary>
    /// Each direction's own last state, <c>[batch, outputs × directions]</c>: the forward direction after the last time step, the
    /// backward direction after the first. What Keras does, and the default.
    /// </summary>
    FinalState,

    /// <summary>
    /// The outputs at the last time step. In a bidirectional network the backward half has then seen that one step only.
    /// What <c>outputs[-1]</c> of TensorFlow 1's <c>static_bidirectional_rnn</c> gives.
    /// </summary>
    LastOutput,

    /// <summary>The mean of the outputs over all time steps.</summary>
    MeanPool,
}

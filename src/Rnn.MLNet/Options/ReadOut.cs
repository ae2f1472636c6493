namespace Rnn.MLNet;

/// <summary>What the output layer sees of the last recurrent layer's outputs, <c>[batch, time, outputs × directions]</c>.</summary>
public enum ReadOut
{
    /// <summary>
    /// Each direction's own last state, <c>[batch, outputs × directions]</c>: the forward direction after the last time step, the
    /// backward direction after the first, so both have seen the whole sequence. What Keras does, what usually trains best, and the
    /// default.
    /// </summary>
    FinalState,

    /// <summary>
    /// The outputs at the last time step. In a network of one direction that is the final state; in a bidirectional one the backward
    /// half has then seen that one step only, so the network knows the sequence from the forward direction alone.
    /// What <c>outputs[-1]</c> of TensorFlow 1's <c>static_bidirectional_rnn</c> gives; there to repeat programs that do it.
    /// </summary>
    LastOutput,

    /// <summary>The mean of the outputs over all time steps.</summary>
    MeanPool,
}

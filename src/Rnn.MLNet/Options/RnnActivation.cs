namespace Rnn.MLNet;

/// <summary>The function that a <see cref="BasicRnnCell"/> applies to the sum of its inputs.</summary>
public enum RnnActivation
{
    /// <summary>The hyperbolic tangent, between -1 and 1 (Elman, 1990). The default, as in PyTorch, Keras and TensorFlow.</summary>
    Tanh,

    /// <summary>
    /// The rectifier max(0, x) (Le, Jaitly and Hinton, 2015, "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units"), as PyTorch's
    /// <c>nonlinearity='relu'</c> and Keras' <c>activation='relu'</c>. It does not saturate, so gradients do not shrink where a unit is active; but the state
    /// has no bound and can grow from step to step.
    /// </summary>
    Relu,
}

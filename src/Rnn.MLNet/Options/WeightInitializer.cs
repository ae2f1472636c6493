namespace Rnn.MLNet;

/// <summary>The distribution from which the initial weights of a layer are drawn.</summary>
public enum WeightInitializer
{
    /// <summary>
    /// Kernel uniformly distributed in ±√(6 / (inputs + outputs)), bias zero (Glorot and Bengio, 2010). The default of TensorFlow's
    /// <c>tf.layers.dense</c>.
    /// </summary>
    GlorotUniform,

    /// <summary>
    /// Kernel and bias normally distributed with mean 0 and standard deviation 1, as with <c>tf.random_normal</c>. Too wide for good
    /// convergence; exists to reproduce programs that use it.
    /// </summary>
    StandardNormal,
}

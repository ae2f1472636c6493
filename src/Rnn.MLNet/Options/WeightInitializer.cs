namespace Rnn.MLNet;

/// <summary>What the weights of a layer are drawn from before the training.</summary>
public enum WeightInitializer
{
    /// <summary>
    /// The kernel uniform in ±√(6 / (inputs + outputs)), the bias zero (Glorot and Bengio, 2010). What TensorFlow does unless
    /// told otherwise.
    /// </summary>
    GlorotUniform,

    /// <summary>
    /// Kernel and bias normal with mean 0 and standard deviation 1, as <c>tf.random_normal</c> draws them. Far too wide to
    /// start well; there to repeat programs that do it.
    /// </summary>
    StandardNormal,
}

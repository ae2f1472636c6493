namespace Rnn.MLNet;

/// <summary>How the learning rate changes from the first minibatch to the last.</summary>
public enum LearningRateSchedule
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>
    /// Rises from a 25th of the peak over the first 30 % of the steps, then falls to a 250,000th, both along half a cosine
    /// (Smith and Topin, 2018; the settings are those of PyTorch's OneCycleLR).
    /// </summary>
    OneCycle,

    /// <summary>Falls from the learning rate to 0 along half a cosine (Loshchilov and Hutter, 2017), without restarts.</summary>
    Cosine,
}

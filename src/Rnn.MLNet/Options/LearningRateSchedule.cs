namespace Rnn.MLNet;

/// <summary>How the learning rate changes over the course of training.</summary>
public enum LearningRateSchedule
{
    /// <summary>The learning rate stays the same.</summary>
    Constant,

    /// <summary>
    /// The learning rate rises from 1/25 of its peak to the peak over the first 30 % of the optimiser steps, then falls to 1/250,000 of the
    /// peak; both along half a cosine (Smith and Topin, 2018, with the defaults of PyTorch's OneCycleLR).
    /// </summary>
    OneCycle,

    /// <summary>The learning rate falls to 0 along half a cosine (Loshchilov and Hutter, 2017), without restarts.</summary>
    Cosine,
}

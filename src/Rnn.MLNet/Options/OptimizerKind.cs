namespace Rnn.MLNet;

/// <summary>How the weights follow the gradient. Settings that are not options are PyTorch's defaults.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015), β₁ 0.9, β₂ 0.999, ε 1e-8.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
    AdamW,

    /// <summary>Plain stochastic gradient descent, without momentum.</summary>
    Sgd,

    /// <summary>RMSprop (Hinton, 2012), smoothing constant 0.99, ε 1e-8.</summary>
    RmsProp,
}

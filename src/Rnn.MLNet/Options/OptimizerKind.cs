namespace Rnn.MLNet;

/// <summary>The optimiser. Hyperparameters that are not options have PyTorch's default values.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015) with β₁ = 0.9, β₂ = 0.999, ε = 1e-8.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019); β₁, β₂ and ε as for <see cref="Adam"/>.</summary>
    AdamW,

    /// <summary>Stochastic gradient descent without momentum.</summary>
    Sgd,

    /// <summary>RMSprop (Hinton, 2012) with smoothing constant α = 0.99, ε = 1e-8, without momentum.</summary>
    RmsProp,
}

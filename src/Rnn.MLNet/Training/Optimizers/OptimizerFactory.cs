using Rnn.MLNet.Networks;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Creates the optimiser for an <see cref="OptimizerKind"/>.</summary>
internal static class OptimizerFactory
{
    /// <param name="parameters">The weights.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="weightDecay">The weight decay.</param>
    /// <param name="workers">The threads that share the work of a step; null for the calling thread alone.</param>
    public static IOptimizer Create(ParameterSet parameters, OptimizerKind kind, double weightDecay, WorkerGroup? workers = null) => kind switch
    {
        OptimizerKind.Adam => new Optimizer<AdamRule>(parameters, weightDecay, 2, workers, (step, rate, decay) => new AdamRule(step, rate, decay, keep: 1)),
        OptimizerKind.AdamW => new Optimizer<AdamRule>(parameters, weightDecay, 2, workers, (step, rate, decay) => new AdamRule(step, rate, penalty: 0, 1 - rate * decay)),
        OptimizerKind.Sgd => new Optimizer<SgdRule>(parameters, weightDecay, 0, workers, (_, rate, decay) => new SgdRule(rate, decay)),
        _ => new Optimizer<RmsPropRule>(parameters, weightDecay, 1, workers, (_, rate, decay) => new RmsPropRule(rate, decay)),
    };
}

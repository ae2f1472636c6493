using Rnn.MLNet.Networks;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Creates the optimiser for an <see cref="OptimizerKind"/>.</summary>
internal static class OptimizerFactory
{
    public static IOptimizer Create(ParameterSet parameters, OptimizerKind kind, double weightDecay) => kind switch
    {
        OptimizerKind.Adam => new Optimizer<AdamRule>(parameters, weightDecay, 2, (step, rate, decay) => new AdamRule(step, rate, decay, keep: 1)),
        OptimizerKind.AdamW => new Optimizer<AdamRule>(parameters, weightDecay, 2, (step, rate, decay) => new AdamRule(step, rate, penalty: 0, 1 - rate * decay)),
        OptimizerKind.Sgd => new Optimizer<SgdRule>(parameters, weightDecay, 0, (_, rate, decay) => new SgdRule(rate, decay)),
        _ => new Optimizer<RmsPropRule>(parameters, weightDecay, 1, (_, rate, decay) => new RmsPropRule(rate, decay)),
    };
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Makes libtorch's optimiser over the one vector that holds all weights.</summary>
internal static class OptimizerFactory
{
    public static OptimizerHelper Create(Parameter weights, TrainingSettings settings) => settings.Optimizer switch
    {
        OptimizerKind.Adam => optim.Adam([weights], settings.LearningRate, weight_decay: settings.WeightDecay),
        OptimizerKind.AdamW => optim.AdamW([weights], settings.LearningRate, weight_decay: settings.WeightDecay),
        OptimizerKind.Sgd => optim.SGD([weights], settings.LearningRate, weight_decay: settings.WeightDecay),
        _ => optim.RMSProp([weights], settings.LearningRate, alpha: 0.99, eps: 1e-8, weight_decay: settings.WeightDecay),
    };
}

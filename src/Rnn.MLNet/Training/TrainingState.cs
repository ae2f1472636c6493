using Rnn.MLNet.Networks;
using Rnn.MLNet.Training.Optimizers;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>The state of a training, all that it needs to be resumed: what a checkpoint holds.</summary>
internal sealed class TrainingState(ParameterSet parameters, IOptimizer optimizer, EarlyStopping? earlyStopping)
{
    public ParameterSet Parameters => parameters;

    public IOptimizer Optimizer => optimizer;

    public EarlyStopping? EarlyStopping => earlyStopping;

    /// <summary>The epochs that have ended.</summary>
    public List<TrainingEpoch> Epochs { get; } = [];

    /// <summary>The epoch that has not.</summary>
    public EpochSums Current { get; set; }

    /// <summary>Minibatches trained, in all epochs.</summary>
    public long Step { get; set; }

    /// <summary>Whether all weights and the optimiser's memory are finite, so that training can be resumed from them.</summary>
    public bool IsFinite()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        return optimizer.State.Prepend(parameters.Vector).All(vector => vector.isfinite().all().item<bool>());
    }
}

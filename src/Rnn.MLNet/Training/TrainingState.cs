using Rnn.MLNet.Networks;
using Rnn.MLNet.Training.Optimizers;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>The state of a training that a checkpoint holds: everything that is needed to resume it.</summary>
internal sealed class TrainingState(ParameterSet parameters, IOptimizer optimizer, EarlyStopping? earlyStopping)
{
    public ParameterSet Parameters => parameters;

    public IOptimizer Optimizer => optimizer;

    public EarlyStopping? EarlyStopping => earlyStopping;

    /// <summary>The epochs that have ended.</summary>
    public List<TrainingEpoch> Epochs { get; } = [];

    /// <summary>The totals of the current epoch.</summary>
    public EpochSums Current { get; set; }

    /// <summary>The number of minibatches trained in all epochs.</summary>
    public long Step { get; set; }

    /// <summary>Returns whether all weights and the optimiser's state are finite. Training cannot be resumed from others.</summary>
    public bool IsFinite()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        return optimizer.State.Prepend(parameters.Vector).All(vector => vector.isfinite().all().item<bool>());
    }
}

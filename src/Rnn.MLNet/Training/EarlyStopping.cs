using Rnn.MLNet.Networks;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Keeps the weights of the epoch with the lowest validation loss, and decides when to stop because the loss no longer falls.
/// </summary>
/// <param name="patience">The number of epochs without a lower loss after which training stops.</param>
/// <param name="warmUpEpochs">
/// The number of epochs in which the learning rate rises. They do not count towards the patience, since a low rate hardly improves the loss.
/// </param>
internal sealed class EarlyStopping(int patience, long warmUpEpochs) : IDisposable
{
    private Tensor? _best;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>The best epoch, counted from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    public int LastEpoch { get; private set; }

    public bool ShouldStop => LastEpoch - Math.Max(BestEpoch, warmUpEpochs) >= patience;

    /// <summary>The weights of the best epoch; null before the first.</summary>
    public Tensor? BestWeights => _best;

    /// <summary>Records an epoch's validation loss, and its weights if the loss is the lowest so far, which NaN and infinity never are.</summary>
    public void Observe(int epoch, double validationLoss, ParameterSet parameters)
    {
        LastEpoch = epoch;
        if (validationLoss < BestLoss)
        {
            Remember(epoch, validationLoss, parameters.Vector);
        }
    }

    /// <summary>Restores the state from a checkpoint. The best weights are null if no epoch had a finite validation loss.</summary>
    public void Resume(int lastEpoch, int bestEpoch, double bestLoss, Tensor? bestWeights)
    {
        LastEpoch = lastEpoch;
        if (bestWeights is not null)
        {
            Remember(bestEpoch, bestLoss, bestWeights);
        }
    }

    /// <summary>Restores the weights of the best epoch, if there is one.</summary>
    public void Restore(ParameterSet parameters)
    {
        if (_best is not null)
        {
            using var _ = no_grad();
            parameters.Vector.copy_(_best);
        }
    }

    public void Dispose() => _best?.Dispose();

    private void Remember(int epoch, double loss, Tensor weights)
    {
        _best?.Dispose();
        using var detached = weights.detach();
        _best = detached.clone().DetachFromDisposeScope();
        BestLoss = loss;
        BestEpoch = epoch;
    }
}

using Rnn.MLNet.Networks;

using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Remembers the weights of the epoch with the lowest validation loss, and says when it has not fallen for too long.</summary>
/// <param name="patience">Epochs without a lower loss.</param>
/// <param name="warmUpEpochs">
/// Epochs in which the learning rate still rises. A network that hardly moves yet does not improve either; none of them counts.
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

    /// <summary>Takes note of an epoch's validation loss; one that is not finite is never the lowest.</summary>
    public void Observe(int epoch, double validationLoss, ParameterSet parameters)
    {
        LastEpoch = epoch;
        if (validationLoss < BestLoss)
        {
            Remember(epoch, validationLoss, parameters.Vector);
        }
    }

    /// <summary>Goes on from an earlier training; without best weights from one that no finite loss was measured in.</summary>
    public void Resume(int lastEpoch, int bestEpoch, double bestLoss, Tensor? bestWeights)
    {
        LastEpoch = lastEpoch;
        if (bestWeights is not null)
        {
            Remember(bestEpoch, bestLoss, bestWeights);
        }
    }

    /// <summary>Puts the best epoch's weights back.</summary>
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

using Rnn.MLNet.Networks;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Remembers the weights of the epoch with the lowest validation loss, and says when it has not fallen for too long.</summary>
internal sealed class EarlyStopping(int patience) : IDisposable
{
    private Tensor? _best;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>The best epoch, counted from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    public int LastEpoch { get; private set; }

    public bool ShouldStop => LastEpoch - BestEpoch >= patience;

    /// <summary>The weights of the best epoch; null before the first.</summary>
    public Tensor? BestWeights => _best;

    /// <summary>Takes note of an epoch's validation loss.</summary>
    public void Observe(int epoch, double validationLoss, ParameterSet parameters)
    {
        LastEpoch = epoch;
        if (_best is null || validationLoss < BestLoss)
        {
            Remember(epoch, validationLoss, parameters.Vector);
        }
    }

    /// <summary>Goes on from an earlier training.</summary>
    public void Resume(int lastEpoch, int bestEpoch, double bestLoss, Tensor bestWeights)
    {
        Remember(bestEpoch, bestLoss, bestWeights);
        LastEpoch = lastEpoch;
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

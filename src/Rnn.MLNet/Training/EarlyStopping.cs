using Rnn.MLNet.Networks;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>
/// Keeps the weights of the epoch with the best validation, and decides when to stop because it no longer improves.
/// </summary>
/// <param name="patience">The number of epochs without a better validation after which training stops.</param>
/// <param name="warmUpEpochs">
/// The number of epochs in which the learning rate rises. They do not count towards the patience, since a low rate hardly improves the loss.
/// </param>
/// <param name="byMetric">
/// Whether the best epoch is the one with the highest metric and, of several, the lowest loss; otherwise the one with the lowest loss. A network
/// that is trained long becomes more certain: its loss on the rows that it gets wrong rises while its accuracy still improves.
/// </param>
internal sealed class EarlyStopping(int patience, long warmUpEpochs, bool byMetric = false) : IDisposable
{
    private Tensor? _best;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    private double BestMetric { get; set; } = double.NegativeInfinity;

    /// <summary>The last epoch that counts as an improvement: of several with the same metric, the first.</summary>
    private int ImprovedEpoch { get; set; }

    /// <summary>The best epoch, counted from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    public int LastEpoch { get; private set; }

    public bool ShouldStop => LastEpoch - Math.Max(ImprovedEpoch, warmUpEpochs) >= patience;

    /// <summary>The weights of the best epoch; null before the first.</summary>
    public Tensor? BestWeights => _best;

    /// <summary>Records an epoch's validation, and its weights if it is the best so far, which it never is if the loss is NaN or infinite.</summary>
    public void Observe(int epoch, double validationLoss, ParameterSet parameters, double metric = 0)
    {
        LastEpoch = epoch;
        if (byMetric ? double.IsFinite(validationLoss) && (metric > BestMetric || (metric == BestMetric && validationLoss < BestLoss)) : validationLoss < BestLoss)
        {
            Remember(epoch, validationLoss, metric, parameters.Vector);
        }
    }

    /// <summary>Restores the state from a checkpoint. The best weights are null if no epoch had a finite validation loss.</summary>
    public void Resume(int lastEpoch, int bestEpoch, double bestLoss, Tensor? bestWeights, double bestMetric = 0, int improvedEpoch = 0)
    {
        LastEpoch = lastEpoch;
        if (bestWeights is not null)
        {
            Remember(bestEpoch, bestLoss, bestMetric, bestWeights);
            ImprovedEpoch = byMetric ? improvedEpoch : bestEpoch;
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

    private void Remember(int epoch, double loss, double metric, Tensor weights)
    {
        _best?.Dispose();
        using var detached = weights.detach();
        _best = detached.clone().DetachFromDisposeScope();
        ImprovedEpoch = byMetric && metric == BestMetric ? ImprovedEpoch : epoch;
        BestLoss = loss;
        BestMetric = metric;
        BestEpoch = epoch;
    }
}

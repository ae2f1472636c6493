using Microsoft.ML;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

/// <summary>Finds the training of a recurrent network in a model.</summary>
internal static class LearningCurve
{
    /// <summary>The epochs of the recurrent network in a model or chain; empty if there is none.</summary>
    public static IReadOnlyList<LearningCurvePoint> Of(ITransformer model) => Find(model) is { } network
        ? [.. network.History.Epochs.Select(epoch => new LearningCurvePoint(epoch.Epoch, epoch.Loss, epoch.Accuracy, epoch.ValidationAccuracy))]
        : [];

    private static RnnClassifierTransformer? Find(ITransformer model) => model switch
    {
        RnnClassifierTransformer network => network,
        IEnumerable<ITransformer> chain => chain.Select(Find).LastOrDefault(network => network is not null),
        _ => null,
    };
}

namespace Rnn.MLNet.Comparison;

/// <summary>One epoch of a recurrent network's training in an experiment.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">Mean training loss.</param>
/// <param name="Accuracy">Training accuracy, in [0, 1].</param>
/// <param name="ValidationAccuracy">Accuracy on the rows that the network itself was told to validate on; null without such rows.</param>
public sealed record LearningCurvePoint(int Epoch, double Loss, double Accuracy, double? ValidationAccuracy)
{
    /// <summary>The epochs of the recurrent network in a model or chain; empty if there is none.</summary>
    internal static IReadOnlyList<LearningCurvePoint> Of(ITransformer model) =>
        [.. Network(model)?.History.Epochs.Select(epoch => new LearningCurvePoint(epoch.Epoch, epoch.Loss, epoch.Accuracy, epoch.ValidationAccuracy)) ?? []];

    private static RnnClassifierTransformer? Network(ITransformer model) => model switch
    {
        RnnClassifierTransformer network => network,
        IEnumerable<ITransformer> chain => chain.Select(Network).LastOrDefault(network => network is not null),
        _ => null,
    };
}

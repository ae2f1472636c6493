namespace Rnn.MLNet.Comparison;

/// <summary>One epoch of a recurrent network's learning curve.</summary>
/// <param name="Epoch">The number of the epoch, starting at 1.</param>
/// <param name="Loss">The mean training loss.</param>
/// <param name="Accuracy">The training accuracy, in [0, 1].</param>
/// <param name="ValidationAccuracy">
/// The accuracy, in [0, 1], on the network's own validation rows (<c>ValidationSet</c> or <c>ValidationFraction</c>); null if it has none.
/// </param>
public sealed record LearningCurvePoint(int Epoch, double Loss, double Accuracy, double? ValidationAccuracy)
{
    /// <summary>Returns the learning curve of the recurrent network in a model or chain; empty if there is none.</summary>
    internal static IReadOnlyList<LearningCurvePoint> Of(ITransformer model) =>
        [.. Network(model)?.History.Epochs.Select(epoch => new LearningCurvePoint(epoch.Epoch, epoch.Loss, epoch.Accuracy, epoch.ValidationAccuracy)) ?? []];

    private static RnnClassifierTransformer? Network(ITransformer model) => model switch
    {
        RnnClassifierTransformer network => network,
        IEnumerable<ITransformer> chain => chain.Select(Network).LastOrDefault(network => network is not null),
        _ => null,
    };
}

using Rnn.MLNet.Comparison;

namespace Microsoft.ML;

/// <summary>Experiments that compare recurrent networks with ML.NET's own trainers.</summary>
public static class RnnExperimentCatalog
{
    /// <summary>An experiment without candidates yet; <see cref="RnnExperiment.Execute(IDataView, IDataView, string, IProgress{ExperimentProgress}?, CancellationToken, IEstimator{ITransformer}?)"/> runs it.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.MulticlassClassification</c>.</param>
    /// <param name="settings">Budget, metric and machine.</param>
    /// <returns>The experiment.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static RnnExperiment CreateRnnExperiment(this MulticlassClassificationCatalog catalog, RnnExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(settings);
        return new RnnExperiment(settings);
    }
}

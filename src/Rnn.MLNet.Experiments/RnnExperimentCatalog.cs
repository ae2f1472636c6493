using Rnn.MLNet.Comparison;
using Rnn.MLNet.Native;

namespace Microsoft.ML;

/// <summary>Extension methods that create experiments, which compare recurrent networks with ML.NET's own trainers.</summary>
public static class RnnExperimentCatalog
{
    /// <summary>
    /// Creates an experiment. Add candidates with <see cref="RnnExperiment.Add(string, Func{MLContext, IEstimator{ITransformer}})"/> and
    /// <see cref="RnnExperiment.AddSearch"/>, then run it with
    /// <see cref="RnnExperiment.Execute(IDataView, IDataView, string, IProgress{ExperimentProgress}?, CancellationToken, IEstimator{ITransformer}?)"/>.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.MulticlassClassification</c>.</param>
    /// <param name="settings">The budget, the metric to optimise, and the resources to use.</param>
    /// <returns>An experiment without candidates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static RnnExperiment CreateRnnExperiment(this MulticlassClassificationCatalog catalog, RnnExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(settings);
        return new RnnExperiment(MLNetAccessors.EnvironmentOf(catalog), settings);
    }
}

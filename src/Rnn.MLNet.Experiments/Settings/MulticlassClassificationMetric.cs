namespace Rnn.MLNet.Comparison;

/// <summary>The metric on the validation rows that an experiment optimises. The names are those of Microsoft.ML.AutoML.</summary>
public enum MulticlassClassificationMetric
{
    /// <summary>The fraction of rows that are classified correctly; higher is better.</summary>
    MicroAccuracy,

    /// <summary>The mean over the classes of the fraction of their rows that are classified correctly; higher is better.</summary>
    MacroAccuracy,

    /// <summary>The mean negative logarithm of the probability of the true class; lower is better.</summary>
    LogLoss,

    /// <summary>
    /// The relative reduction of the log-loss against always predicting the class frequencies, from negative values to 1; higher is better.
    /// </summary>
    LogLossReduction,

    /// <summary>
    /// The fraction of rows whose class is among the <see cref="RnnExperimentSettings.TopK"/> highest-scored ones; higher is better.
    /// </summary>
    TopKAccuracy,
}

namespace Rnn.MLNet.Comparison;

/// <summary>What an experiment makes as good as it can, on the validation rows. The names are those of Microsoft.ML.AutoML.</summary>
public enum MulticlassClassificationMetric
{
    /// <summary>Share of the rows that were classified right.</summary>
    MicroAccuracy,

    /// <summary>Mean over the classes of the share of their rows that were classified right.</summary>
    MacroAccuracy,

    /// <summary>Mean negative logarithm of the probability of the right class; lower is better.</summary>
    LogLoss,

    /// <summary>How far the log-loss is below that of always predicting the classes' frequencies, from negative to 1.</summary>
    LogLossReduction,

    /// <summary>Share of the rows whose class was among the most probable ones.</summary>
    TopKAccuracy,
}

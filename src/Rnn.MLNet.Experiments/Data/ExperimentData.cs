namespace Rnn.MLNet.Experiments.Data;

/// <summary>The rows of an experiment. All trials see the same.</summary>
/// <param name="InputSchema">The columns of the rows as they came.</param>
/// <param name="Label">The label column, a key.</param>
/// <param name="Folds">The parts to train and to validate on; one without cross-validation.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Fingerprint">A digest of the rows and of how they are split; empty for an experiment without a journal.</param>
internal sealed record ExperimentData(
    DataViewSchema InputSchema, string Label, IReadOnlyList<ExperimentFold> Folds, IReadOnlyList<string> Classes, string Fingerprint);

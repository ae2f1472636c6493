namespace Rnn.MLNet.Experiments.Data;

/// <summary>The data of an experiment, shared by all trials.</summary>
/// <param name="InputSchema">The columns of the rows before preprocessing.</param>
/// <param name="Label">The name of the label column, which is a key.</param>
/// <param name="Folds">The training and validation rows of each fold; a single fold without cross-validation.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Fingerprint">A digest of the rows and the split; empty for an experiment without a working directory.</param>
internal sealed record ExperimentData(
    DataViewSchema InputSchema, string Label, IReadOnlyList<ExperimentFold> Folds, IReadOnlyList<string> Classes, string Fingerprint);

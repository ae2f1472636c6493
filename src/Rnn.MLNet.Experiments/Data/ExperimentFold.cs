namespace Rnn.MLNet.Experiments.Data;

/// <summary>The preprocessed training and validation rows of one fold.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Validation">The validation rows, all labelled; a missing key stands for a class that does not occur in the training rows.</param>
/// <param name="TrainRows">The number of training rows that have a label.</param>
/// <param name="Prefix">The preprocessing, fitted on the training rows, followed by the label mapping; null if there is neither.</param>
/// <param name="ValidationClasses">The number of validation rows of each class, by zero-based key; -1 stands for classes without a key.</param>
/// <param name="RowsOfUnknownClass">The number of validation rows whose class does not occur in the training rows.</param>
/// <param name="RowsWithoutLabel">The number of rows excluded from validation because they have no label.</param>
internal sealed record ExperimentFold(
    IDataView Train, IDataView Validation, int TrainRows, ITransformer? Prefix, IReadOnlyDictionary<int, int> ValidationClasses, int RowsOfUnknownClass, int RowsWithoutLabel);

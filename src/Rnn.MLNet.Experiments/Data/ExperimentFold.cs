namespace Rnn.MLNet.Experiments.Data;

/// <summary>Rows to train on and rows to validate on, as the preprocessing gives them.</summary>
/// <param name="Train">The rows to train on.</param>
/// <param name="Validation">The rows to validate on, all with a label; a missing key is a class that the training rows lack.</param>
/// <param name="Prefix">The preprocessing, fitted on the training rows, with the map of the labels; null if there is none.</param>
/// <param name="ValidationClasses">How many validation rows there are of each class, by its key from 0; -1 for classes that have no key.</param>
/// <param name="RowsOfUnknownClass">Validation rows whose class has no row to train on.</param>
/// <param name="RowsWithoutLabel">Rows that were left out of the validation rows.</param>
internal sealed record ExperimentFold(
    IDataView Train, IDataView Validation, ITransformer? Prefix, IReadOnlyDictionary<int, int> ValidationClasses, int RowsOfUnknownClass, int RowsWithoutLabel);

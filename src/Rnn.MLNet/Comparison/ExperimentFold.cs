using Microsoft.ML;

namespace Rnn.MLNet.Comparison;

/// <summary>Rows to train on and rows to validate on, as the common transforms give them.</summary>
internal sealed record ExperimentFold(IDataView Train, IDataView Validation);

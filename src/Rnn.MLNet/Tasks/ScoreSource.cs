namespace Rnn.MLNet.Tasks;

/// <summary>
/// Returns the current row's scores, <see cref="IOutputColumns.RowLength"/> numbers, those of the last time step at the end; all are NaN if a feature of
/// the row is not accepted.
/// </summary>
internal delegate ReadOnlySpan<float> ScoreSource();

namespace Rnn.MLNet.Tasks;

/// <summary>Returns the current row's scores; all are NaN if a feature of the row is not accepted.</summary>
internal delegate ReadOnlySpan<float> ScoreSource();

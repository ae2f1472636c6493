namespace Rnn.MLNet.Tasks;

/// <summary>The current row's scores; NaN where they could not be computed.</summary>
internal delegate ReadOnlySpan<float> ScoreSource();

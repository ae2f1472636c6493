namespace Rnn.MLNet.Scoring;

/// <summary>The columns that a model reads and writes.</summary>
internal sealed record ModelColumns(string Feature, string Score, string PredictedLabel);

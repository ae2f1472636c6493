namespace Rnn.MLNet.Tasks.Classification;

/// <summary>The columns of a classifier: what it reads and what it writes.</summary>
internal sealed record ClassifierColumns(string Label, string Feature, string Score, string PredictedLabel);

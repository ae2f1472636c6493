namespace Rnn.MLNet.Tasks.Classification;

/// <summary>The names of the columns that a classifier reads (label, features) and adds (score, predicted label).</summary>
internal sealed record ClassifierColumns(string Label, string Feature, string Score, string PredictedLabel)
{
    /// <summary>The name of the column that it adds with the scores after each time step; null for none.</summary>
    public string? ScoresOverTime { get; init; }
}

namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>A way to score all rows once.</summary>
internal interface IBatchScorer
{
    /// <summary>Scores every row and returns how many there were.</summary>
    /// <param name="scores">Where the probabilities go, row after row.</param>
    int Score(float[] scores);
}

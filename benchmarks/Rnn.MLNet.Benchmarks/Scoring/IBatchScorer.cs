namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>Scores all rows once.</summary>
internal interface IBatchScorer
{
    /// <summary>Scores every row and returns the number of rows.</summary>
    /// <param name="scores">Receives the probabilities, row after row.</param>
    int Score(float[] scores);
}

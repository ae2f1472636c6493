namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>Measures scoring speed.</summary>
internal static class ScoringSpeed
{
    /// <summary>Returns the rows per second over as many passes as fit into the time, at least one.</summary>
    public static double Measure(IBatchScorer scorer, float[] scores, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        long rows = 0;
        do
        {
            rows += scorer.Score(scores);
        }
        while (clock.Elapsed < time);
        return rows / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Returns the fastest of several settings of a scorer; each gets a warm-up pass.</summary>
    public static IBatchScorer Fastest(IEnumerable<IBatchScorer> scorers, float[] scores, TimeSpan time) => scorers.MaxBy(scorer =>
    {
        scorer.Score(scores);
        return Measure(scorer, scores, time);
    })!;
}

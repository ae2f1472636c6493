namespace Rnn.MLNet.Benchmarks.Scoring;

/// <summary>How fast a way to score is.</summary>
internal static class ScoringSpeed
{
    /// <summary>Rows a second over as many passes as fit into the time, at least one.</summary>
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

    /// <summary>The fastest of several settings of the same way to score; each gets a pass to warm up.</summary>
    public static IBatchScorer Fastest(IEnumerable<IBatchScorer> scorers, float[] scores, TimeSpan time) => scorers.MaxBy(scorer =>
    {
        scorer.Score(scores);
        return Measure(scorer, scores, time);
    })!;
}

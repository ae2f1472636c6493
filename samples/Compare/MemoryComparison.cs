using Microsoft.ML;
using Rnn.MLNet.Comparison;

namespace Compare;

/// <summary>Whether memory grows with trials: the largest working set during the first 10 of 40, and during all 40.</summary>
internal static class MemoryComparison
{
    private const int Few = 10, Many = 40;

    public static int Run(CompareOptions options, CancellationToken cancellationToken)
    {
        var context = new MLContext(options.Seed);
        var data = ComparisonData.Load(context, options with { Limit = options.Limit ?? 2000 });
        var result = context.MulticlassClassification
            .CreateRnnExperiment(new RnnExperimentSettings { MaxExperimentTimeInSeconds = 60 * options.Minutes, MaxTrials = Many, Seed = options.Seed })
            .AddSearch("search", Candidates.SearchSpace, Candidates.SearchOptions with { Epochs = 1 }, new RandomSearch())
            .Execute(data.Train, data.Validation, cancellationToken: cancellationToken);
        double few = result.RunDetails.Take(Few).Max(run => run.PeakMemory), many = result.RunDetails.Max(run => run.PeakMemory);
        Console.WriteLine($"peak memory in {Few} trials {few / 1e6:N0} MB, in {result.RunDetails.Count} trials {many / 1e6:N0} MB: {many / few - 1:+0.0%;-0.0%}");
        return result.RunDetails.Count == Many ? 0 : 1;
    }
}

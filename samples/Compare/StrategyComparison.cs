using Microsoft.ML;
using Rnn.MLNet.Comparison;

namespace Compare;

/// <summary>Successive halving against random search: the same seeds, the same space, the same budget in time.</summary>
internal static class StrategyComparison
{
    private const int Seeds = 5;

    public static int Run(CompareOptions options, CancellationToken cancellationToken)
    {
        var context = new MLContext(options.Seed);
        var data = ComparisonData.Load(context, options with { Limit = options.Limit ?? 3000 });
        (string Name, ISearchStrategy Strategy)[] strategies = [("random", new RandomSearch()), ("halving", new SuccessiveHalving())];
        double seconds = 60 * options.Minutes / (Seeds * strategies.Length);
        Console.WriteLine($"{data.TrainRows:N0} images, {Candidates.SearchOptions.Epochs} epochs at most, {seconds:F0} s a search; the best micro-accuracy on {data.ValidationRows:N0} images");
        var best = strategies.ToDictionary(strategy => strategy.Name, _ => new List<double>());
        for (int seed = options.Seed; seed < options.Seed + Seeds; seed++)
        {
            foreach (var (name, strategy) in strategies)
            {
                var result = context.MulticlassClassification
                    .CreateRnnExperiment(new RnnExperimentSettings { MaxExperimentTimeInSeconds = seconds, Seed = seed })
                    .AddSearch(name, Candidates.SearchSpace, Candidates.SearchOptions, strategy)
                    .Execute(data.Train, data.Validation, cancellationToken: cancellationToken);
                if (cancellationToken.IsCancellationRequested)
                {
                    return 1;
                }

                double accuracy = result.BestRun?.ValidationMetrics!.MicroAccuracy ?? 0;
                best[name].Add(accuracy);
                int networks = result.RunDetails.Where(run => run.Loss is not null).Select(run => run.Configuration).Distinct().Count();
                Console.WriteLine($"seed {seed}  {name,-8} {accuracy:P2}  {networks} networks, best: {string.Join(", ", result.BestRun?.Settings.Select(setting => $"{setting.Key} {setting.Value}") ?? [])}");
                (result.BestRun?.Model as IDisposable)?.Dispose();
            }
        }

        foreach (var (name, accuracies) in best)
        {
            Console.WriteLine($"median  {name,-8} {accuracies.Order().ElementAt(Seeds / 2):P2}");
        }

        return 0;
    }
}

namespace Compare;

/// <summary>Compares successive halving with random search: same seeds, same search space, same total number of optimiser steps.</summary>
internal static class StrategyComparison
{
    private const int Seeds = 5;
    private const int ToTrainOn = 1000;
    private const int ToChooseBy = 3000;
    private const int StepsOfNetwork = 900;

    /// <summary>
    /// The search space. Its range of learning rates is so wide that most networks are bad, as in a search with little prior knowledge.
    /// </summary>
    private static readonly RnnSearchSpace Space = Candidates.SearchSpace with
    {
        Units = (16, 96),
        Layers = (1, 1),
        LearningRate = (1e-4, 5e-2),
        BatchSize = [16, 32, 64],
    };

    public static int Run(CompareOptions options, CancellationToken cancellationToken)
    {
        var context = new MLContext(options.Seed);
        var data = ComparisonData.Load(context, options with { Limit = options.Limit ?? ToTrainOn });
        var validation = context.Data.TakeRows(data.Validation, ToChooseBy);
        var search = Candidates.SearchOptions with { MaxSteps = StepsOfNetwork, Precision = RnnPrecision.Float32 };
        (string Name, ISearchStrategy Strategy)[] strategies = [("random", new RandomSearch()), ("halving", new SuccessiveHalving())];
        Console.WriteLine($"{data.TrainRows:N0} training images; {options.Steps:N0} optimiser steps in total, at most {search.MaxSteps} per network; best micro-accuracy on {ToChooseBy:N0} images");
        var best = strategies.ToDictionary(strategy => strategy.Name, _ => new List<double>());
        for (int seed = options.Seed; seed < options.Seed + Seeds; seed++)
        {
            foreach (var (name, strategy) in strategies)
            {
                var result = context.MulticlassClassification
                    .CreateRnnExperiment(new RnnExperimentSettings { MaxExperimentTimeInSeconds = 60 * options.Minutes, Seed = seed })
                    .AddSearch(name, Space, search, new StepBudget(strategy, options.Steps))
                    .Execute(data.Train, validation, cancellationToken: cancellationToken);
                if (result.EndedBy != ExperimentEnd.NothingLeft)
                {
                    Console.Error.WriteLine($"error: the steps could not be completed within --minutes {options.Minutes}");
                    return 1;
                }

                best[name].Add(result.BestRun!.ValidationMetrics!.MicroAccuracy);
                int networks = result.RunDetails.Select(run => run.Configuration).Distinct().Count();
                double training = result.RunDetails.GroupBy(run => run.Configuration).Sum(network => network.Max(run => run.TrainingTimeInSeconds));
                Console.WriteLine($"seed {seed}  {name,-8} {best[name][^1]:P2}  {networks,2} networks, {training:F0} s of training; best after {result.BestRun.Steps} steps, learning rate {result.BestRun.Settings["LearningRate"]}");
                (result.BestRun.Model as IDisposable)?.Dispose();
            }
        }

        foreach (var (name, accuracies) in best)
        {
            Console.WriteLine($"median  {name,-8} {accuracies.Order().ElementAt(Seeds / 2):P2}");
        }

        return 0;
    }
}

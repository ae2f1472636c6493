namespace Compare;

/// <summary>
/// Measures whether memory grows with the number of trials: it trains the same ten networks four times, so later trials should need no more
/// memory than the first ten.
/// </summary>
internal static class MemoryComparison
{
    private const int Few = 10, Rounds = 4;
    private const int ToTrainOn = 2000, ToChooseBy = 2000;

    public static int Run(CompareOptions options, CancellationToken cancellationToken)
    {
        var context = new MLContext(options.Seed);
        var data = ComparisonData.Load(context, options with { Limit = options.Limit ?? ToTrainOn });
        var experiment = context.MulticlassClassification.CreateRnnExperiment(
            new RnnExperimentSettings { MaxExperimentTimeInSeconds = 60 * options.Minutes, Seed = options.Seed });
        for (int trial = 0; trial < Few * Rounds; trial++)
        {
            int network = trial % Few;
            int units = 40 + 12 * network;
            experiment.Add($"network {network}, round {trial / Few}", trainer => trainer.Transforms.RnnClassifier(
                timeSteps: Digit.Side, cell: network % 2 == 0 ? new BasicLstmCell(units) : new GruCell(units), bidirectional: network % 3 == 0, epochs: 1));
        }

        var result = experiment.Execute(data.Train, context.Data.TakeRows(data.Validation, ToChooseBy), cancellationToken: cancellationToken);
        foreach (var round in result.RunDetails.Chunk(Few).Index())
        {
            Console.WriteLine($"trials {round.Index * Few + 1,2} to {round.Index * Few + round.Item.Length,2}: peak memory {round.Item.Max(run => run.PeakMemory) / 1e6:N0} MB, {round.Item.Count(run => run.Loss is null)} failed");
        }

        double few = result.RunDetails.Take(Few).Max(run => run.PeakMemory), many = result.RunDetails.Max(run => run.PeakMemory);
        Console.WriteLine($"peak memory in {Few} trials {few / 1e6:N0} MB, in {result.RunDetails.Count} trials {many / 1e6:N0} MB: {many / few - 1:+0.0%;-0.0%}");
        return result.RunDetails.Count == Few * Rounds ? 0 : 1;
    }
}

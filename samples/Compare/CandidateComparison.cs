namespace Compare;

/// <summary>Runs the comparison, prints the leaderboard, writes the report, and saves and reloads the best model.</summary>
internal static class CandidateComparison
{
    public static int Run(CompareOptions options, CancellationToken cancellationToken)
    {
        var context = new MLContext(options.Seed);
        var data = ComparisonData.Load(context, options);
        Console.WriteLine($"{data.TrainRows:N0} training images, {data.ValidationRows:N0} validation images, {data.TestRows:N0} test images");
        if (options.Fresh && Directory.Exists(options.WorkFolder))
        {
            foreach (var journal in Directory.GetFiles(options.WorkFolder, "journal.jsonl", SearchOption.AllDirectories))
            {
                Directory.Delete(Path.GetDirectoryName(journal)!, recursive: true);
            }
        }

        var experiment = Candidates.AddAll(context.MulticlassClassification.CreateRnnExperiment(new RnnExperimentSettings
        {
            MaxExperimentTimeInSeconds = 60 * options.Minutes,
            MaxTrials = options.Trials,
            MaxConcurrentTrials = options.Concurrent,
            Seed = options.Seed,
            WorkingDirectory = options.WorkFolder,
        }));
        var result = ComparisonDisplay.Show(progress => experiment.Execute(data.Train, data.Validation, progressHandler: progress, cancellationToken: cancellationToken));

        result.SaveReport(options.ReportPath);
        if (options.JsonPath is not null)
        {
            result.SaveJson(options.JsonPath);
        }

        if (options.CsvPath is not null)
        {
            result.SaveCsv(options.CsvPath);
        }

        ComparisonDisplay.Leaderboard(result);
        if (result.FromJournal > 0)
        {
            Console.WriteLine($"{result.FromJournal} trials taken from the journal in {options.WorkFolder} (use --fresh to start over)");
        }

        if (result.BestRun is { } best)
        {
            SaveAndReload(context, best, data, options);
        }

        Console.WriteLine($"report             {options.ReportPath}");
        cancellationToken.ThrowIfCancellationRequested();
        return 0;
    }

    private static void SaveAndReload(MLContext context, RnnRunDetail best, ComparisonData data, CompareOptions options)
    {
        best.Model!.SaveTo(options.ModelPath, data.Train.Schema);
        var reloaded = new MLContext().Model.Load(options.ModelPath, out _);
        double Accuracy(ITransformer model, IDataView rows) => context.MulticlassClassification.Evaluate(model.Transform(rows)).MicroAccuracy;
        Console.WriteLine($"best               {best.TrainerName}, {best.ValidationMetrics!.MicroAccuracy:P2} on the validation images");
        Console.WriteLine($"saved and reloaded {options.ModelPath}: {Accuracy(reloaded, data.Validation):P2} on the validation images, {Accuracy(reloaded, data.Test):P2} on the test images");
    }
}

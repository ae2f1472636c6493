namespace Rnn.MLNet.Tests.Experiments.Journal;

/// <summary>What must be the same for an experiment to be resumed, one thing at a time, and what need not.</summary>
public sealed class ResumptionConditionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("begins-anew-").FullName;

    private RnnExperimentSettings Settings => SmallExperiments.Settings with { WorkingDirectory = _folder };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, bool> Changes => new()
    {
        { "nothing", true },
        { "time", true },
        { "trials", true },
        { "time of a trial", true },
        { "side by side", true },
        { "held rows", true },
        { "seed", false },
        { "metric", false },
        { "top k", false },
        { "threads", false },
        { "name", false },
        { "another candidate", false },
        { "order of candidates", false },
        { "space", false },
        { "options", false },
        { "strategy", false },
        { "token and listener of the options", true },
        { "fraction", false },
        { "folds", false },
        { "rows", false },
        { "label", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Only_what_the_trials_depend_on(string change, bool goesOn)
    {
        Assert.Equal(0, Run("nothing"));
        // All three candidates fail at once, and are in the journal.
        Assert.Equal(goesOn ? 3 : 0, Run(change));
        Assert.Equal(goesOn ? 1 : 2, Directory.GetFiles(_folder, "journal.jsonl", SearchOption.AllDirectories).Length);
    }

    private int Run(string change)
    {
        var settings = change switch
        {
            "time" => Settings with { MaxExperimentTimeInSeconds = 59 },
            "trials" => Settings with { MaxTrials = 7 },
            "time of a trial" => Settings with { MaxTrialTimeInSeconds = 50 },
            "side by side" => Settings with { MaxConcurrentTrials = 2 },
            "held rows" => Settings with { CacheBeforeTrainer = false },
            "seed" => Settings with { Seed = 2 },
            "metric" => Settings with { OptimizingMetric = MulticlassClassificationMetric.MacroAccuracy },
            "top k" => Settings with { TopK = 2 },
            "threads" => Settings with { Threads = 3 },
            "fraction" => Settings with { ValidationFraction = 0.25 },
            _ => Settings,
        };
        var options = SmallExperiments.Options(epochs: change == "options" ? 3 : 2) with { FeatureColumnName = "Answer", TimeSteps = 3, ExampleWeightColumnName = "Weight" };
        using var stop = new CancellationTokenSource();
        options = change == "token and listener of the options" ? options with { CancellationToken = stop.Token, Progress = new Listener() } : options;
        var space = change == "space" ? SmallExperiments.Space with { Units = (4, 13) } : SmallExperiments.Space;
        var experiment = SmallExperiments.Create(settings);
        string[] names = change switch { "name" => ["a", "c"], "order of candidates" => ["b", "a"], _ => ["a", "b"] };
        Array.ForEach(names, name => experiment.Add(name, _ => throw new InvalidOperationException()));
        experiment.AddSearch("search", space, options, change == "strategy" ? new Failing { Reduction = 2 } : new Failing());
        _ = change == "another candidate" ? experiment.Add("d", _ => throw new InvalidOperationException()) : experiment;

        ScriptedRow[] rows = [.. Enumerable.Range(0, 12).Select(index => ScriptedRow.Of("abc"[index % 3].ToString(), index == 0 && change == "rows" ? 0.25f : 0.5f, 0, 0))];
        var context = new MLContext(1);
        var data = context.Transforms.CopyColumns("Other", "Label").Fit(ScriptedRow.View(rows)).Transform(ScriptedRow.View(rows));
        return (change == "folds" ? experiment.Execute(data, numberOfCVFolds: 3) : experiment.Execute(data, change == "label" ? "Other" : "Label")).FromJournal;
    }

    /// <summary>One step, which fails since the rows have no weights.</summary>
    private sealed record Failing : ISearchStrategy
    {
        public int Reduction { get; init; } = 3;

        public SearchDecision Next(IReadOnlyList<SearchStep> history, int maxSteps) => history.Count == 0 ? SearchDecision.Train(0, 1) : SearchDecision.Done;
    }
}

namespace Rnn.MLNet.Tests.Experiments.Journal;

public sealed class JournalTests : IDisposable
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-tests-").FullName;
    private readonly List<string> _fitted = [];

    private string File => Directory.GetFiles(_folder, "journal.jsonl", SearchOption.AllDirectories).Single();

    private RnnExperimentSettings Settings => SmallExperiments.Settings with { WorkingDirectory = _folder };

    [Fact]
    public void Finished_trials_are_not_repeated_after_an_interruption()
    {
        using var stop = new CancellationTokenSource();
        var first = Experiment(Settings, onSecond: stop.Cancel).Execute(Train, Validation, cancellationToken: stop.Token);
        Assert.Equal(["first", "second"], _fitted);
        Assert.Single(System.IO.File.ReadAllLines(File));

        var second = Experiment(Settings).Execute(Train, Validation);

        // The second trial was cut short, so it is run again.
        Assert.Equal(["first", "second", "second", "third"], _fitted);
        Assert.Equal(1, second.FromJournal);
        Assert.Equal(["first", "second", "third"], second.RunDetails.Select(run => run.TrainerName));
        Assert.Equivalent(first.RunDetails[0].ValidationMetrics, second.RunDetails[0].ValidationMetrics);
        Assert.True(second.ElapsedInSeconds > first.RunDetails[0].RuntimeInSeconds);
    }

    [Fact]
    public void A_finished_experiment_gives_its_result_and_its_best_model_again()
    {
        var first = Experiment(Settings).Execute(Train, Validation);
        _fitted.Clear();
        var again = Experiment(Settings).Execute(Train, Validation);

        Assert.Empty(_fitted);
        Assert.Equal(3, again.FromJournal);
        Assert.Equal(first.BestRun!.TrialId, again.BestRun!.TrialId);
        Assert.Equal(again.BestModelPath, Assert.Single(Directory.GetFiles(_folder, "model-*.zip", SearchOption.AllDirectories)));
        var metrics = new MLContext().MulticlassClassification.Evaluate(again.BestRun.Model!.Transform(Validation));
        Assert.Equal(first.BestRun.ValidationMetrics!.MicroAccuracy, metrics.MicroAccuracy);
    }

    [Fact]
    public void A_search_is_resumed_with_the_same_steps()
    {
        RnnExperiment Search(int trials) => SmallExperiments.Create(Settings with { MaxTrials = trials }).AddSearch("search", SmallExperiments.Space, SmallExperiments.Options(epochs: 3), SmallExperiments.Halving);
        Search(3).Execute(Train, Validation);
        var parts = Search(6).Execute(Train, Validation);
        Assert.Equal(3, parts.FromJournal);
        Assert.Contains(parts.RunDetails, run => run.Steps == 30);
        Directory.Delete(_folder, recursive: true);
        var whole = Search(6).Execute(Train, Validation);

        Assert.Equal(whole.RunDetails.Select(run => (run.Configuration, run.Steps, run.Loss)), parts.RunDetails.Select(run => (run.Configuration, run.Steps, run.Loss)));
    }

    [Fact]
    public void A_line_that_the_end_of_the_process_cut_is_ignored()
    {
        Experiment(Settings).Execute(Train, Validation);
        var text = System.IO.File.ReadAllText(File);
        System.IO.File.WriteAllText(File, text[..(text.TrimEnd().LastIndexOf('\n') + 20)]);
        _fitted.Clear();
        var result = Experiment(Settings).Execute(Train, Validation);

        Assert.Equal(["third"], _fitted);
        Assert.Equal(3, result.RunDetails.Count);
        Assert.Equal(3, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public void Other_data_settings_or_candidates_begin_anew()
    {
        Experiment(Settings).Execute(Train, Validation);
        _fitted.Clear();
        Assert.Equal(0, Experiment(Settings).Execute(Bar.View(301), Validation).FromJournal);
        Assert.Equal(0, Experiment(Settings with { Seed = 5 }).Execute(Train, Validation).FromJournal);
        Assert.Equal(0, Experiment(Settings).Add("fourth", SmallExperiments.Bayes).Execute(Train, Validation).FromJournal);
    }

    [Fact]
    public void A_damaged_journal_is_an_error()
    {
        Experiment(Settings).Execute(Train, Validation);
        System.IO.File.WriteAllText(File, "not json\n");
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => Experiment(Settings).Execute(Train, Validation)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private RnnExperiment Experiment(RnnExperimentSettings settings, Action? onSecond = null) => SmallExperiments.Create(settings)
        .Add("first", context => new StubEstimator(SmallExperiments.Bayes(context), _ => _fitted.Add("first")))
        .Add("second", context => new StubEstimator(onSecond is null ? SmallExperiments.Network(context) : SmallExperiments.EndlessNetwork(context), _ =>
        {
            _fitted.Add("second");
            onSecond?.Invoke();
        }))
        .Add("third", context => new StubEstimator(SmallExperiments.Bayes(context), _ => _fitted.Add("third")));
}

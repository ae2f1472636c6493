using System.Globalization;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Experiments.Search;

/// <summary>A running search: asks the strategy for steps and records their results.</summary>
internal sealed class SearchRun(Candidate candidate, int index, RnnExperimentSettings settings, string labelColumnName, string folder)
{
    private readonly SearchDefinition _search = candidate.Search!;
    private readonly List<SearchStep> _history = [];
    private readonly Dictionary<int, double> _trainingTime = [];

    public bool IsDone { get; private set; }

    /// <summary>Returns the next trial; null if the strategy waits or the search has ended (<see cref="IsDone"/>).</summary>
    public TrialPlan? Next(int trialId, int turnsLeft, CancellationToken stop)
    {
        if (IsDone)
        {
            return null;
        }

        SearchDecision decision;
        try
        {
            decision = Decide(stop);
        }
        catch (Exception exception)
        {
            IsDone = true;
            return Failed(trialId, turnsLeft, exception);
        }

        IsDone = decision == SearchDecision.Done;
        if (IsDone || decision == SearchDecision.Wait)
        {
            return null;
        }

        var step = _history.Count;
        _history.Add(new SearchStep(decision.Configuration, decision.Epochs, null));
        var drawn = _search.Space.Draw(_search.Options, settings.Seed + index, decision.Configuration);
        return new TrialPlan
        {
            TrialId = trialId,
            Key = string.Create(CultureInfo.InvariantCulture, $"{index}-{decision.Configuration}-{decision.Epochs}"),
            TrainerName = candidate.Name,
            TurnsLeft = turnsLeft,
            Configuration = decision.Configuration,
            Epochs = decision.Epochs,
            Settings = Describe(drawn, decision),
            EarlierTraining = _trainingTime.GetValueOrDefault(decision.Configuration),
            Build = (context, trial) => Build(drawn, decision, context, trial),
            Completed = run =>
            {
                _history[step] = _history[step] with { Loss = run.Loss ?? double.PositiveInfinity };
                _trainingTime[decision.Configuration] = run.TrainingTimeInSeconds;
            },
        };
    }

    /// <summary>Asks the strategy and rejects decisions with which the search would never end.</summary>
    private SearchDecision Decide(CancellationToken stop)
    {
        IReadOnlyList<SearchStep> history = [.. _history];
        var answer = OwnThread.Run($"Rnn.MLNet strategy of {candidate.Name}", () => new Answer(_search.Strategy.Next(history, _search.Options.Epochs)), stop)
            ?? throw new TimeoutException("it did not answer before the experiment was over.");
        var decision = answer.Decision ?? throw new InvalidOperationException("it returned null.");
        return decision == SearchDecision.Wait && _history.TrueForAll(step => step.Loss is not null)
            ? throw new InvalidOperationException("it decided to wait although none of its steps is running.")
            : _history.Exists(step => step.Configuration == decision.Configuration && step.Epochs == decision.Epochs)
            ? throw new InvalidOperationException($"it repeated configuration {decision.Configuration} up to epoch {decision.Epochs}.")
            : decision;
    }

    /// <summary>Returns a failed trial, which records why the strategy failed.</summary>
    private TrialPlan Failed(int trialId, int turnsLeft, Exception exception) => new()
    {
        TrialId = trialId,
        Key = index.ToString(CultureInfo.InvariantCulture),
        TrainerName = candidate.Name,
        TurnsLeft = turnsLeft,
        Build = (_, _) => throw exception,
        Failure = new InvalidOperationException(
            $"The strategy {_search.Strategy.GetType().Name} of the search '{candidate.Name}' failed after {_history.Count} steps: {EarlierFailure.Text(exception)}", exception),
    };

    /// <summary>Creates the estimator of a step. It resumes from the configuration's checkpoint, which also survives a killed process.</summary>
    private RnnClassifierEstimator Build(RnnClassifierOptions drawn, SearchDecision decision, MLContext context, TrialContext trial) =>
        context.Transforms.RnnClassifier(drawn with
        {
            LabelColumnName = labelColumnName,
            Epochs = decision.Epochs,
            // The schedule spans all epochs, so a promoted configuration continues as if it had never stopped.
            ScheduleEpochs = Math.Max(decision.Epochs, _search.Options.ScheduleEpochs ?? _search.Options.Epochs),
            Seed = drawn.Seed ?? settings.Seed,
            CheckpointPath = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"search-{index}-{decision.Configuration}-{trial.Fold}.checkpoint")),
            CancellationToken = trial.CancellationToken,
        });

    private sealed record Answer(SearchDecision? Decision);

    private static Dictionary<string, string> Describe(RnnClassifierOptions options, SearchDecision decision) => new()
    {
        ["Configuration"] = decision.Configuration.ToString(CultureInfo.InvariantCulture),
        ["Epochs"] = decision.Epochs.ToString(CultureInfo.InvariantCulture),
        ["Cell"] = options.Cell.GetType().Name,
        ["Units"] = options.Cell.Units.ToString(CultureInfo.InvariantCulture),
        ["Layers"] = options.Layers.ToString(CultureInfo.InvariantCulture),
        ["Bidirectional"] = options.Bidirectional ? "yes" : "no",
        ["LearningRate"] = string.Create(CultureInfo.InvariantCulture, $"{options.LearningRate:G3}"),
        ["BatchSize"] = options.BatchSize.ToString(CultureInfo.InvariantCulture),
        ["Dropout"] = options.Dropout.ToString("G2", CultureInfo.InvariantCulture),
    };
}

using System.Globalization;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Experiments.Search;

/// <summary>A running search: asks the strategy for steps and records their results.</summary>
/// <param name="candidate">The candidate, which has a search.</param>
/// <param name="index">The index of the candidate.</param>
/// <param name="settings">The settings of the experiment.</param>
/// <param name="data">The data of the experiment.</param>
/// <param name="folder">The folder of checkpoints.</param>
internal sealed class SearchRun(Candidate candidate, int index, RnnExperimentSettings settings, ExperimentData data, string folder)
{
    private readonly SearchDefinition _search = candidate.Search!;
    private readonly List<SearchStep> _history = [];
    private readonly Dictionary<int, double> _trainingTime = [];
    private SearchLength? _length;

    public bool IsDone { get; private set; }

    /// <summary>Returns the next trial; null if the strategy waits or the search has ended (<see cref="IsDone"/>).</summary>
    public TrialPlan? Next(int trialId, int turnsLeft, CancellationToken stop)
    {
        if (IsDone)
        {
            return null;
        }

        SearchLength length;
        SearchDecision decision;
        try
        {
            length = _length ??= SearchLength.Of(_search.Options, data.Folds[0]);
            decision = Decide(length.MaxSteps, stop);
        }
        catch (Exception exception)
        {
            IsDone = true;
            return Failed(trialId, turnsLeft, _length is null ? exception : StrategyFailure(exception));
        }

        IsDone = decision == SearchDecision.Done;
        if (IsDone || decision == SearchDecision.Wait)
        {
            return null;
        }

        var step = _history.Count;
        _history.Add(new SearchStep(decision.Configuration, decision.Steps, null));
        var drawn = _search.Space.Draw(_search.Options, settings.Seed + index, decision.Configuration, length.Rows);
        return new TrialPlan
        {
            TrialId = trialId,
            Key = string.Create(CultureInfo.InvariantCulture, $"{index}-{decision.Configuration}-{decision.Steps}"),
            TrainerName = candidate.Name,
            TurnsLeft = turnsLeft,
            Configuration = decision.Configuration,
            Steps = decision.Steps,
            Settings = Describe(drawn, decision),
            EarlierTraining = _trainingTime.GetValueOrDefault(decision.Configuration),
            Build = (context, trial) => Build(drawn, decision, length, context, trial),
            Completed = run =>
            {
                _history[step] = _history[step] with { Loss = run.Loss ?? double.PositiveInfinity };
                _trainingTime[decision.Configuration] = run.TrainingTimeInSeconds;
            },
        };
    }

    /// <summary>Asks the strategy and rejects decisions with which the search would never end.</summary>
    private SearchDecision Decide(int maxSteps, CancellationToken stop)
    {
        IReadOnlyList<SearchStep> history = [.. _history];
        var answer = OwnThread.Run($"Rnn.MLNet strategy of {candidate.Name}", () => new Answer(_search.Strategy.Next(history, maxSteps)), stop)
            ?? throw new TimeoutException("it did not answer before the experiment was over.");
        var decision = answer.Decision ?? throw new InvalidOperationException("it returned null.");
        return decision == SearchDecision.Wait && _history.TrueForAll(step => step.Loss is not null)
            ? throw new InvalidOperationException("it decided to wait although none of its steps is running.")
            : _history.Exists(step => step.Configuration == decision.Configuration && step.Steps == decision.Steps)
            ? throw new InvalidOperationException($"it repeated configuration {decision.Configuration} up to step {decision.Steps}.")
            : decision;
    }

    /// <summary>Returns a failed trial, which records why the search cannot go on.</summary>
    private TrialPlan Failed(int trialId, int turnsLeft, Exception failure) => new()
    {
        TrialId = trialId,
        Key = index.ToString(CultureInfo.InvariantCulture),
        TrainerName = candidate.Name,
        TurnsLeft = turnsLeft,
        Build = (_, _) => throw failure,
        Failure = failure,
    };

    private InvalidOperationException StrategyFailure(Exception exception) => new(
        $"The strategy {_search.Strategy.GetType().Name} of the search '{candidate.Name}' failed after {_history.Count} steps: {EarlierFailure.Text(exception)}", exception);

    /// <summary>Creates the estimator of a step. It resumes from the configuration's checkpoint, which also survives a killed process.</summary>
    private RnnClassifierEstimator Build(
        RnnClassifierOptions drawn, SearchDecision decision, SearchLength length, MLContext context, TrialContext trial) =>
        context.Transforms.RnnClassifier(drawn with
        {
            LabelColumnName = data.Label,
            Epochs = null,
            ScheduleEpochs = null,
            MaxSteps = decision.Steps,
            // The schedule spans all steps, so a promoted configuration continues as if it had never stopped.
            ScheduleSteps = Math.Max(decision.Steps, length.ScheduleSteps),
            Seed = drawn.Seed ?? settings.Seed,
            CheckpointPath = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"search-{index}-{decision.Configuration}-{trial.Fold}.checkpoint")),
            CancellationToken = trial.CancellationToken,
        });

    private sealed record Answer(SearchDecision? Decision);

    private static Dictionary<string, string> Describe(RnnClassifierOptions options, SearchDecision decision) => new()
    {
        ["Configuration"] = decision.Configuration.ToString(CultureInfo.InvariantCulture),
        ["Steps"] = decision.Steps.ToString(CultureInfo.InvariantCulture),
        ["Cell"] = options.Cell.GetType().Name,
        ["Units"] = options.Cell.Units.ToString(CultureInfo.InvariantCulture),
        ["Layers"] = options.Layers.ToString(CultureInfo.InvariantCulture),
        ["Bidirectional"] = options.Bidirectional ? "yes" : "no",
        ["LearningRate"] = string.Create(CultureInfo.InvariantCulture, $"{options.LearningRate:G3}"),
        ["BatchSize"] = string.Create(CultureInfo.InvariantCulture, $"{options.BatchSize}"),
        ["ReadOut"] = options.ReadOut.ToString(),
        ["InputScaling"] = options.InputScaling.ToString(),
        ["Dropout"] = options.Dropout.ToString("G2", CultureInfo.InvariantCulture),
    };
}

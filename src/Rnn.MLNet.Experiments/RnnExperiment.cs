using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Rnn.MLNet.Experiments;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Experiments.Journal;
using Rnn.MLNet.Experiments.Search;
using Rnn.MLNet.Experiments.Settings;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// Tries candidates side by side: recurrent networks, ML.NET's own trainers, anything that is an estimator of a multiclass
/// classifier with a column of scores and one of the predicted label, <c>Score</c> and <c>PredictedLabel</c> or whatever it calls them. Made by <see cref="RnnExperimentCatalog"/>.
/// </summary>
/// <remarks>
/// All candidates get the same rows. Each has its first turn before any has a second. One that throws, does not end, or gives scores
/// that are no numbers is a row with the reason; the others are run all the same.
/// </remarks>
public sealed class RnnExperiment
{
    /// <summary>The version of how trials are run and measured; an experiment of another version is not resumed.</summary>
    private const int Format = 3;

    private readonly RnnExperimentSettings _settings;
    private readonly List<Candidate> _candidates = [];

    internal RnnExperiment(RnnExperimentSettings settings)
    {
        SettingsValidation.Validate(settings);
        _settings = settings;
    }

    /// <summary>Adds a candidate.</summary>
    /// <param name="name">Its name in the leaderboard, unlike those of all others.</param>
    /// <param name="build">Makes the estimator from the context that it is given, a new one for every trial.</param>
    /// <returns>This experiment.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public RnnExperiment Add(string name, Func<MLContext, IEstimator<ITransformer>> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Add(name, (context, _) => build(context));
    }

    /// <summary>Adds a candidate that wants to know of its trial, such as how many threads it may use.</summary>
    /// <param name="name">Its name in the leaderboard, unlike those of all others.</param>
    /// <param name="build">Makes the estimator from the context that it is given, a new one for every trial.</param>
    /// <returns>This experiment.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public RnnExperiment Add(string name, Func<MLContext, TrialContext, IEstimator<ITransformer>> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Add(new Candidate(name, build, null));
    }

    /// <summary>Adds a search for the best recurrent network.</summary>
    /// <param name="name">Its name in the leaderboard, unlike those of all others.</param>
    /// <param name="space">What to draw from.</param>
    /// <param name="options">Everything that is not drawn; its epochs are those of a configuration that is trained to the end.</param>
    /// <param name="strategy">How to search; null for <see cref="SuccessiveHalving"/>.</param>
    /// <returns>This experiment.</returns>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range of the space is empty, or an option out of range.</exception>
    public RnnExperiment AddSearch(string name, RnnSearchSpace space, RnnClassifierOptions options, ISearchStrategy? strategy = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(options);
        SearchSpaceValidation.Validate(space);
        // What one configuration says of the options is true of all.
        _ = new MLContext(_settings.Seed).Transforms.RnnClassifier(space.Draw(options, _settings.Seed, 0));
        return Add(new Candidate(name, null, new SearchDefinition(space, options, strategy ?? new SuccessiveHalving())));
    }

    /// <summary>Tries the candidates on a training set, measured on a validation set of its own.</summary>
    /// <param name="trainData">The rows to train on.</param>
    /// <param name="validationData">The rows to measure on, with the same columns.</param>
    /// <param name="labelColumnName">The label. One that is no key is mapped to one, by the training rows.</param>
    /// <param name="progressHandler">Notified of the trials, on the calling thread. Its exception ends the trials that run and reaches the caller.</param>
    /// <param name="cancellationToken">Ends the experiment with the best so far.</param>
    /// <param name="preFeaturizer">Transforms that all candidates share, fitted once on the training rows.</param>
    /// <returns>The trials and the best of them.</returns>
    /// <exception cref="InvalidOperationException">There is no candidate.</exception>
    /// <exception cref="ArgumentException">
    /// There is no such label, there are no rows with one, or the two sets differ in their columns or in what their keys stand for.
    /// </exception>
    /// <exception cref="IOException">The working directory cannot be written, or another experiment uses it.</exception>
    /// <exception cref="InvalidDataException">The journal in the working directory or the best model of an earlier run is damaged.</exception>
    public ExperimentResult Execute(
        IDataView trainData, IDataView validationData, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);
        return Execute(stop => new ExperimentReader(_settings, labelColumnName, preFeaturizer, stop).Split(trainData, validationData), progressHandler, cancellationToken);
    }

    /// <summary>Tries the candidates on some rows, measured on <see cref="RnnExperimentSettings.ValidationFraction"/> of them.</summary>
    /// <param name="trainData">The rows.</param>
    /// <param name="labelColumnName">The label. One that is no key is mapped to one, by the training rows.</param>
    /// <param name="progressHandler">Notified of the trials, on the calling thread. Its exception ends the trials that run and reaches the caller.</param>
    /// <param name="cancellationToken">Ends the experiment with the best so far.</param>
    /// <param name="preFeaturizer">Transforms that all candidates share, fitted once on the training rows.</param>
    /// <returns>The trials and the best of them.</returns>
    /// <exception cref="InvalidOperationException">There is no candidate.</exception>
    /// <exception cref="ArgumentException">There is no such label, or there are too few rows with one.</exception>
    /// <exception cref="IOException">The working directory cannot be written, or another experiment uses it.</exception>
    /// <exception cref="InvalidDataException">The journal in the working directory or the best model of an earlier run is damaged.</exception>
    public ExperimentResult Execute(
        IDataView trainData, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        return Execute(stop => new ExperimentReader(_settings, labelColumnName, preFeaturizer, stop).Split(trainData), progressHandler, cancellationToken);
    }

    /// <summary>Tries the candidates by cross-validation with folds that have their share of every class: a trial is one model a fold, its metrics are their mean, its model is the best of them.</summary>
    /// <param name="trainData">The rows.</param>
    /// <param name="numberOfCVFolds">Folds, at least 2.</param>
    /// <param name="labelColumnName">The label. One that is no key is mapped to one.</param>
    /// <param name="progressHandler">Notified of the trials, on the calling thread. Its exception ends the trials that run and reaches the caller.</param>
    /// <param name="cancellationToken">Ends the experiment with the best so far.</param>
    /// <param name="preFeaturizer">Transforms that all candidates share, fitted once a fold, on the rows that it trains on.</param>
    /// <returns>The trials and the best of them.</returns>
    /// <exception cref="InvalidOperationException">There is no candidate.</exception>
    /// <exception cref="ArgumentException">There is no such label, or there are too few rows with one.</exception>
    /// <exception cref="IOException">The working directory cannot be written, or another experiment uses it.</exception>
    /// <exception cref="InvalidDataException">The journal in the working directory or the best model of an earlier run is damaged.</exception>
    public ExperimentResult Execute(
        IDataView trainData, int numberOfCVFolds, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        return Execute(stop => new ExperimentReader(_settings, labelColumnName, preFeaturizer, stop).CrossValidate(trainData, numberOfCVFolds), progressHandler, cancellationToken);
    }

    private RnnExperiment Add(Candidate candidate)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(candidate.Name, "name");
        if (_candidates.Any(other => other.Name == candidate.Name))
        {
            throw new ArgumentException($"There is a candidate '{candidate.Name}' already; give each a name of its own.", "name");
        }

        _candidates.Add(candidate);
        return this;
    }

    private ExperimentResult Execute(Func<CancellationToken, ExperimentData> read, IProgress<ExperimentProgress>? progress, CancellationToken cancellationToken)
    {
        if (_candidates.Count == 0)
        {
            throw new InvalidOperationException("The experiment has no candidate: call Add or AddSearch first.");
        }

        var clock = Stopwatch.StartNew();
        using var folder = ExperimentFolder.Open(_settings.WorkingDirectory);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(Math.Min(_settings.MaxExperimentTimeInSeconds, TrialTime.LongestWait.TotalSeconds)));
        if (OwnThread.Run("Rnn.MLNet experiment's data", () => Unwrapped(() => read(stop.Token)), stop.Token) is not { } data)
        {
            return NothingRead(clock.Elapsed.TotalSeconds, cancellationToken.IsCancellationRequested ? ExperimentEnd.Canceled : ExperimentEnd.MaxTime);
        }

        var path = folder.Of(Fingerprint(data));
        using var journal = new TrialJournal(Path.Combine(path, TrialJournal.FileName));
        return new ExperimentRun([.. _candidates], data, _settings, path, journal, progress, clock).Execute(cancellationToken);
    }

    /// <summary>What the data or the preprocessing throws comes as it is. ML.NET wraps it where it reads on threads of its own, and does not say what it was.</summary>
    private static ExperimentData Unwrapped(Func<ExperimentData> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception) when (exception is { InnerException: not null, Source: { } source } && source.StartsWith("Microsoft.ML", StringComparison.Ordinal))
        {
            ExceptionDispatchInfo.Throw(EarlierFailure.Innermost(exception));
            throw;
        }
    }

    /// <summary>The budget was over before the data was read.</summary>
    private ExperimentResult NothingRead(double elapsed, ExperimentEnd end) => new()
    {
        BestRun = null,
        RunDetails = [],
        NotRun = [.. _candidates.Select(candidate => candidate.Name)],
        EndedBy = end,
        ElapsedInSeconds = elapsed,
        OvershootInSeconds = Math.Max(0, elapsed - _settings.MaxExperimentTimeInSeconds),
        FromJournal = 0,
        BestModelPath = null,
        Settings = _settings,
        EndedAt = DateTimeOffset.Now,
        Environment = ExperimentEnvironment.Describe(),
    };

    /// <summary>What must be the same for an experiment to be resumed: everything but the budget and the use of the machine.</summary>
    private string Fingerprint(ExperimentData data)
    {
        var text = InvariantText.Of(() =>
            $"{Format}; {data.Fingerprint}; {data.Label}; {_settings.Seed}; {_settings.OptimizingMetric}; {_settings.TopK}; {_settings.TotalThreads}"
            + string.Concat(_candidates.Select(candidate => $"\n{candidate.Name}: {candidate.Search}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}

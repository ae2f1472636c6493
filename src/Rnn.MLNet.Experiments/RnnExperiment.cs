using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Runtime;
using Rnn.MLNet.Experiments;
using Rnn.MLNet.Experiments.Data;
using Rnn.MLNet.Experiments.Journal;
using Rnn.MLNet.Experiments.Search;
using Rnn.MLNet.Experiments.Settings;
using Rnn.MLNet.Experiments.Trials;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// Compares candidates: recurrent networks, ML.NET's own trainers, and any other multiclass estimator whose model adds a score column and a
/// predicted label column, under any names. Created by <see cref="RnnExperimentCatalog"/>.
/// </summary>
/// <remarks>
/// All candidates get the same rows. Every candidate gets its first trial before a search gets a second one. A trial that throws, does not end
/// in time, or produces scores that are not numbers is recorded as failed, with the reason; the other candidates still run.
/// </remarks>
public sealed class RnnExperiment
{
    /// <summary>The version of how trials are run and measured; an experiment with another version is not resumed.</summary>
    private const int Format = 4;

    private readonly IHostEnvironment _environment;
    private readonly RnnExperimentSettings _settings;
    private readonly List<Candidate> _candidates = [];

    internal RnnExperiment(IHostEnvironment environment, RnnExperimentSettings settings)
    {
        SettingsValidation.Validate(settings);
        _environment = environment;
        _settings = settings;
    }

    /// <summary>Adds a candidate that runs as a single trial.</summary>
    /// <param name="name">The candidate's name in the leaderboard; must be unique.</param>
    /// <param name="build">Creates the estimator. It is called once per trial, and per fold with cross-validation, each time with a new
    /// context.</param>
    /// <returns>This experiment.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or already used.</exception>
    public RnnExperiment Add(string name, Func<MLContext, IEstimator<ITransformer>> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Add(name, (context, _) => build(context));
    }

    /// <summary>Adds a candidate that runs as a single trial and uses information about it, such as the number of threads.</summary>
    /// <param name="name">The candidate's name in the leaderboard; must be unique.</param>
    /// <param name="build">Creates the estimator. It is called once per trial, and per fold with cross-validation, each time with a new
    /// context.</param>
    /// <returns>This experiment.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or already used.</exception>
    public RnnExperiment Add(string name, Func<MLContext, TrialContext, IEstimator<ITransformer>> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Add(new Candidate(name, build, null));
    }

    /// <summary>Adds a search for the best recurrent network.</summary>
    /// <param name="name">The candidate's name in the leaderboard; must be unique.</param>
    /// <param name="space">The search space that configurations are drawn from.</param>
    /// <param name="options">All options that are not drawn. <c>Epochs</c> of minibatches of <c>BatchSize</c> rows, or <c>MaxSteps</c> if that is
    /// less, are the optimiser steps of a fully trained configuration, whatever batch size it draws; what is not set depends on the number of
    /// training rows.</param>
    /// <param name="strategy">The search strategy; null for <see cref="SuccessiveHalving"/> with its defaults.</param>
    /// <returns>This experiment.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or already used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range of the search space is empty or invalid, or an option is out of range.</exception>
    public RnnExperiment AddSearch(string name, RnnSearchSpace space, RnnClassifierOptions options, ISearchStrategy? strategy = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(options);
        SearchSpaceValidation.Validate(space);
        // Validates the options: what is valid for one configuration is valid for all.
        _ = new MLContext(_settings.Seed).Transforms.RnnClassifier(space.Draw(options, _settings.Seed, 0, rows: 1000));
        return Add(new Candidate(name, null, new SearchDefinition(space, options, strategy ?? new SuccessiveHalving())));
    }

    /// <summary>Runs the experiment with separate training and validation sets.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="validationData">The validation rows, with the same columns.</param>
    /// <param name="labelColumnName">The label column. A label that is not a key is mapped to one, fitted on the training rows.</param>
    /// <param name="progressHandler">Notified of progress, on the calling thread. An exception that it throws stops the experiment and is passed
    /// on.</param>
    /// <param name="cancellationToken">Stops the experiment, which then returns the best trial so far.</param>
    /// <param name="preFeaturizer">Preprocessing that all candidates share, fitted once on the training rows; null for none.</param>
    /// <returns>The result, with all trials and the best one.</returns>
    /// <exception cref="InvalidOperationException">The experiment has no candidates.</exception>
    /// <exception cref="ArgumentException">
    /// The label column does not exist, no row has a label, or the two sets differ in their columns or in the values of their keys.
    /// </exception>
    /// <exception cref="IOException">The working directory is not writable, or another experiment uses it.</exception>
    /// <exception cref="InvalidDataException">The journal, or the best model of an earlier run, in the working directory is damaged.</exception>
    public ExperimentResult Execute(
        IDataView trainData, IDataView validationData, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);
        return Execute(stop => new ExperimentReader(_settings, labelColumnName, preFeaturizer, stop).Split(trainData, validationData), progressHandler, cancellationToken);
    }

    /// <summary>
    /// Runs the experiment with <see cref="RnnExperimentSettings.ValidationFraction"/> of the rows held out for validation or, if it is not set
    /// and 5 to 999 rows have a label, with five-fold cross-validation.
    /// </summary>
    /// <param name="trainData">The rows for training and validation.</param>
    /// <param name="labelColumnName">The label column. A label that is not a key is mapped to one, fitted on the training rows, with cross-validation
    /// on all rows.</param>
    /// <param name="progressHandler">Notified of progress, on the calling thread. An exception that it throws stops the experiment and is passed
    /// on.</param>
    /// <param name="cancellationToken">Stops the experiment, which then returns the best trial so far.</param>
    /// <param name="preFeaturizer">Preprocessing that all candidates share, fitted on the training rows, with cross-validation once per fold; null
    /// for none.</param>
    /// <returns>The result, with all trials and the best one.</returns>
    /// <exception cref="InvalidOperationException">The experiment has no candidates.</exception>
    /// <exception cref="ArgumentException">The label column does not exist, or too few rows have a label.</exception>
    /// <exception cref="IOException">The working directory is not writable, or another experiment uses it.</exception>
    /// <exception cref="InvalidDataException">The journal, or the best model of an earlier run, in the working directory is damaged.</exception>
    public ExperimentResult Execute(
        IDataView trainData, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        return Execute(stop => new ExperimentReader(_settings, labelColumnName, preFeaturizer, stop).Split(trainData), progressHandler, cancellationToken);
    }

    /// <summary>
    /// Runs the experiment with stratified cross-validation. A trial trains one model per fold; its metrics are the means over the folds, its
    /// model is that of the best fold.
    /// </summary>
    /// <param name="trainData">The rows for training and validation.</param>
    /// <param name="numberOfCVFolds">The number of folds, at least 2.</param>
    /// <param name="labelColumnName">The label column. A label that is not a key is mapped to one, fitted on all rows.</param>
    /// <param name="progressHandler">Notified of progress, on the calling thread. An exception that it throws stops the experiment and is passed
    /// on.</param>
    /// <param name="cancellationToken">Stops the experiment, which then returns the best trial so far.</param>
    /// <param name="preFeaturizer">Preprocessing that all candidates share, fitted once per fold on its training rows; null for none.</param>
    /// <returns>The result, with all trials and the best one.</returns>
    /// <exception cref="InvalidOperationException">The experiment has no candidates.</exception>
    /// <exception cref="ArgumentException">The label column does not exist, or too few rows have a label.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="numberOfCVFolds"/> is less than 2.</exception>
    /// <exception cref="IOException">The working directory is not writable, or another experiment uses it.</exception>
    /// <exception cref="InvalidDataException">The journal, or the best model of an earlier run, in the working directory is damaged.</exception>
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
            throw new ArgumentException($"The experiment already has a candidate '{candidate.Name}'; candidate names must be unique.", "name");
        }

        _candidates.Add(candidate);
        return this;
    }

    private ExperimentResult Execute(Func<CancellationToken, ExperimentData> read, IProgress<ExperimentProgress>? progress, CancellationToken cancellationToken)
    {
        if (_candidates.Count == 0)
        {
            throw new InvalidOperationException("The experiment has no candidates: call Add or AddSearch first.");
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
        return new ExperimentRun([.. _candidates], data, _settings, new TrialContexts(_environment, _settings.Seed), path, journal, progress, clock).Execute(cancellationToken);
    }

    /// <summary>
    /// Rethrows exceptions of the data source and the preprocessing unwrapped: where ML.NET reads on its own threads, it wraps them in an
    /// exception that does not say what happened.
    /// </summary>
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

    /// <summary>The result of an experiment whose budget was used up before the data was read.</summary>
    private ExperimentResult NothingRead(double elapsed, ExperimentEnd end) => new()
    {
        BestRun = null,
        RunDetails = [],
        Folds = 0,
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

    /// <summary>
    /// Returns a digest of everything that must match for an experiment to be resumed: all settings but the budget, the number of concurrent
    /// trials and caching.
    /// </summary>
    private string Fingerprint(ExperimentData data)
    {
        var text = InvariantText.Of(() =>
            $"{Format}; {data.Fingerprint}; {data.Label}; {_settings.Seed}; {_settings.OptimizingMetric}; {_settings.TopK}; {_settings.TotalThreads}"
            + string.Concat(_candidates.Select(candidate => $"\n{candidate.Name}: {candidate.Search}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}

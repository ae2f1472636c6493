using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;

namespace Rnn.MLNet.Comparison;

/// <summary>
/// Tries candidates side by side: recurrent networks, ML.NET's own trainers, anything that is an estimator of a multiclass
/// classifier with the columns <c>Score</c> and <c>PredictedLabel</c>. Made by <see cref="RnnExperimentCatalog"/>.
/// </summary>
/// <remarks>
/// All candidates get the same rows. Each has its first turn before any has a second. One that throws, does not end, or gives scores
/// that are no numbers is a row with the reason; the rest goes on.
/// </remarks>
public sealed class RnnExperiment
{
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
        SettingsValidation.Validate(space);
        // What one configuration says of the options is true of all.
        _ = new MLContext(_settings.Seed).Transforms.RnnClassifier(space.Draw(options, _settings.Seed, 0));
        return Add(new Candidate(name, null, new SearchDefinition(space, options, strategy ?? new SuccessiveHalving())));
    }

    /// <summary>Tries the candidates on a training set, measured on a validation set of its own.</summary>
    /// <param name="trainData">The rows to train on.</param>
    /// <param name="validationData">The rows to measure on, with the same columns.</param>
    /// <param name="labelColumnName">The label. One that is no key is mapped to one, by the training rows.</param>
    /// <param name="progressHandler">Told of the trials, on the calling thread.</param>
    /// <param name="cancellationToken">Ends the experiment with the best so far.</param>
    /// <param name="preFeaturizer">Transforms that all candidates share, fitted once on the training rows.</param>
    /// <returns>The trials and the best of them.</returns>
    /// <exception cref="InvalidOperationException">There is no candidate.</exception>
    /// <exception cref="ArgumentException">There is no such label, there are no rows, or the two sets differ in their columns.</exception>
    public ExperimentResult Execute(
        IDataView trainData, IDataView validationData, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentNullException.ThrowIfNull(validationData);
        return Execute(() => ExperimentData.Split(trainData, validationData, labelColumnName, preFeaturizer, _settings), progressHandler, cancellationToken);
    }

    /// <summary>Tries the candidates on some rows, measured on <see cref="RnnExperimentSettings.ValidationFraction"/> of them.</summary>
    /// <param name="trainData">The rows.</param>
    /// <param name="labelColumnName">The label. One that is no key is mapped to one, by the training rows.</param>
    /// <param name="progressHandler">Told of the trials, on the calling thread.</param>
    /// <param name="cancellationToken">Ends the experiment with the best so far.</param>
    /// <param name="preFeaturizer">Transforms that all candidates share, fitted once on the training rows.</param>
    /// <returns>The trials and the best of them.</returns>
    /// <exception cref="InvalidOperationException">There is no candidate.</exception>
    /// <exception cref="ArgumentException">There is no such label, or there are no rows.</exception>
    public ExperimentResult Execute(
        IDataView trainData, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        return Execute(() => ExperimentData.Split(trainData, null, labelColumnName, preFeaturizer, _settings), progressHandler, cancellationToken);
    }

    /// <summary>Tries the candidates by cross-validation: a trial is one model a fold, its metrics are their mean, its model is the best of them.</summary>
    /// <param name="trainData">The rows.</param>
    /// <param name="numberOfCVFolds">Folds, at least 2.</param>
    /// <param name="labelColumnName">The label. One that is no key is mapped to one.</param>
    /// <param name="progressHandler">Told of the trials, on the calling thread.</param>
    /// <param name="cancellationToken">Ends the experiment with the best so far.</param>
    /// <param name="preFeaturizer">Transforms that all candidates share, fitted once on all rows.</param>
    /// <returns>The trials and the best of them.</returns>
    /// <exception cref="InvalidOperationException">There is no candidate.</exception>
    /// <exception cref="ArgumentException">There is no such label, or there are no rows.</exception>
    public ExperimentResult Execute(
        IDataView trainData, int numberOfCVFolds, string labelColumnName = "Label", IProgress<ExperimentProgress>? progressHandler = null,
        CancellationToken cancellationToken = default, IEstimator<ITransformer>? preFeaturizer = null)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        return Execute(() => ExperimentData.CrossValidate(trainData, numberOfCVFolds, labelColumnName, preFeaturizer, _settings), progressHandler, cancellationToken);
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

    private ExperimentResult Execute(Func<ExperimentData> read, IProgress<ExperimentProgress>? progress, CancellationToken cancellationToken)
    {
        if (_candidates.Count == 0)
        {
            throw new InvalidOperationException("The experiment has no candidate: call Add or AddSearch first.");
        }

        var clock = Stopwatch.StartNew();
        var data = read();
        var temporary = _settings.WorkingDirectory is null ? Directory.CreateTempSubdirectory("rnn-experiment-").FullName : null;
        var folder = temporary ?? Path.Combine(Path.GetFullPath(_settings.WorkingDirectory!), Fingerprint(data));
        try
        {
            Directory.CreateDirectory(folder);
            using var journal = new Journal(Path.Combine(folder, "journal.jsonl"));
            return new ExperimentRun([.. _candidates], data, _settings, folder, journal, progress, clock).Execute(cancellationToken);
        }
        finally
        {
            if (temporary is not null)
            {
                DeleteTemporary(temporary);
            }
        }
    }

    /// <summary>What must be the same for an experiment to go on: everything but the budget and the use of the machine.</summary>
    private string Fingerprint(ExperimentData data)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{data.Fingerprint}; {data.Label}; {_settings.Seed}; {_settings.OptimizingMetric}; {_settings.TopK}; {_settings.TotalThreads}");
        foreach (var candidate in _candidates)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{candidate.Name}: {candidate.Search}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    /// <summary>A trial that was left behind may still write into the folder; then the system's cleaning of temporary files takes it.</summary>
    private static void DeleteTemporary(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
        }
    }
}

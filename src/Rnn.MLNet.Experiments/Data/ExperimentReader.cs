using System.Globalization;
using Rnn.MLNet.Comparison;
using Rnn.MLNet.Tasks.Classification;

namespace Rnn.MLNet.Experiments.Data;

/// <summary>
/// Reads the rows of an experiment: validates them, splits them by the seed, fits the preprocessing on the training rows of each fold, and
/// fills the caches up front, so the cost is not charged to the first trial.
/// </summary>
internal sealed class ExperimentReader(
    RnnExperimentSettings settings, string label, IEstimator<ITransformer>? preFeaturizer, CancellationToken cancellationToken)
{
    private const int LeastRowsToHoldOut = 1000;
    private const double HeldOut = 0.2;
    private const int FoldsOfFewRows = 5;

    private readonly MLContext _context = new(settings.Seed);

    /// <summary>Uses a separate validation set.</summary>
    public ExperimentData Split(IDataView train, IDataView validation)
    {
        InputColumns.CheckLabel(train.Schema, label);
        InputColumns.CheckSame(train.Schema, validation.Schema);
        var (rows, own) = (Read(train, "training"), Read(validation, "validation"));
        return Data(train.Schema, [new Part(rows.View, own.SelectLabelled(cancellationToken), own.WithoutLabel)], rows.View, [rows, own], "");
    }

    /// <summary>
    /// Holds out <see cref="RnnExperimentSettings.ValidationFraction"/> of the rows for validation, or uses cross-validation if it is not set and
    /// there are few rows.
    /// </summary>
    public ExperimentData Split(IDataView data)
    {
        InputColumns.CheckLabel(data.Schema, label);
        var rows = Read(data, "training");
        if (settings.ValidationFraction is null && rows.Labelled is >= FoldsOfFewRows and < LeastRowsToHoldOut)
        {
            return CrossValidate(data.Schema, rows, FoldsOfFewRows);
        }

        var fraction = settings.ValidationFraction ?? HeldOut;
        var validation = StratifiedSplit.Validation(rows, fraction, settings.Seed);
        var train = rows.Select(row => !validation[row], cancellationToken);
        // StratifiedSplit never chooses unlabelled rows for validation.
        var part = new Part(train, rows.Select(row => validation[row], cancellationToken), rows.WithoutLabel);
        return Data(data.Schema, [part], train, [rows], string.Create(CultureInfo.InvariantCulture, $"fraction {fraction:R}"));
    }

    /// <summary>Splits the rows into folds for cross-validation.</summary>
    public ExperimentData CrossValidate(IDataView data, int folds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2, "numberOfCVFolds");
        InputColumns.CheckLabel(data.Schema, label);
        return CrossValidate(data.Schema, Read(data, "training"), folds);
    }

    private ExperimentData CrossValidate(DataViewSchema schema, HeldRows rows, int folds)
    {
        var fold = StratifiedSplit.Folds(rows, folds, settings.Seed);
        return Data(
            schema,
            [.. Enumerable.Range(0, folds).Select(number => new Part(
                rows.Select(row => fold[row] != number, cancellationToken),
                rows.Select(row => fold[row] == number && rows.Labels[row] != LabelValues.Missing, cancellationToken),
                Enumerable.Range(0, rows.Labels.Count).Count(row => fold[row] == number && rows.Labels[row] == LabelValues.Missing)))],
            rows.View, [rows], string.Create(CultureInfo.InvariantCulture, $"{folds} folds"));
    }

    private HeldRows Read(IDataView data, string role) => HeldRows.Read(_context, data, label, role, settings.CacheBeforeTrainer, cancellationToken);

    /// <param name="schema">The columns before preprocessing.</param>
    /// <param name="parts">The training and validation rows of each fold.</param>
    /// <param name="labelRows">The rows whose labels define the classes.</param>
    /// <param name="sources">The data sets as they were read.</param>
    /// <param name="split">A description of the split, for the fingerprint.</param>
    private ExperimentData Data(DataViewSchema schema, Part[] parts, IDataView labelRows, HeldRows[] sources, string split)
    {
        var maps = new LabelMaps(_context, label, preFeaturizer);
        ITransformer?[] fitted = [.. parts.Select(part => preFeaturizer?.Fit(part.Train))];
        var prefixes = maps.Append([.. parts.Select(part => part.Train)], fitted, labelRows);
        using var digest = settings.WorkingDirectory is null ? null : new DataFingerprint(split);
        if (preFeaturizer is null)
        {
            foreach (var source in sources)
            {
                digest?.Add(source.View, cancellationToken);
            }
        }

        var folds = new List<ExperimentFold>();
        for (var i = 0; i < parts.Length; i++)
        {
            folds.Add(Fold(parts[i], prefixes[i], digest));
        }

        var classes = LabelKeys.Of(folds[0].Train.Schema[label]);
        string[] names = [.. classes.Names ?? Enumerable.Range(1, classes.Count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return new ExperimentData(schema, label, folds, names, digest?.Of(names) ?? "");
    }

    private ExperimentFold Fold(Part part, ITransformer? prefix, DataFingerprint? digest)
    {
        var (train, validation) = (Apply(prefix, part.Train), Apply(prefix, part.Validation));
        InputColumns.CheckSameClasses(train.Schema[label], validation.Schema[label]);
        if (preFeaturizer is not null)
        {
            Fill(train, digest);
            Fill(validation, digest);
        }

        var (known, found) = (Classes(train), Classes(validation));
        var unknown = found.Where(rows => rows.Key < 0 || !known.ContainsKey(rows.Key)).Sum(rows => rows.Value);
        return new ExperimentFold(train, validation, known.Where(rows => rows.Key >= 0).Sum(rows => rows.Value), prefix, found, unknown, part.WithoutLabel);
    }

    /// <summary>
    /// Caches the output of the user's preprocessing. Without one, only the cheap label mapping is applied, to rows that are already cached.
    /// </summary>
    private IDataView Apply(ITransformer? prefix, IDataView rows)
    {
        var transformed = prefix?.Transform(rows) ?? rows;
        return preFeaturizer is not null && settings.CacheBeforeTrainer && HeldRows.CanHold(transformed.Schema) ? _context.Data.Cache(transformed) : transformed;
    }

    private void Fill(IDataView rows, DataFingerprint? digest)
    {
        if (digest is not null)
        {
            digest.Add(rows, cancellationToken);
            return;
        }

        using var cursor = rows.GetRowCursor(rows.Schema.Where(column => !column.IsHidden));
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Counts the rows of each class, by zero-based key; -1 stands for classes without a key.</summary>
    private Dictionary<int, int> Classes(IDataView rows)
    {
        var classes = new Dictionary<int, int>();
        using var cursor = rows.GetRowCursor([rows.Schema[label]]);
        var reader = new LabelReader(cursor, rows.Schema[label]);
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = reader.Read();
            classes[key] = classes.GetValueOrDefault(key) + 1;
        }

        return classes;
    }

    private sealed record Part(IDataView Train, IDataView Validation, int WithoutLabel);
}

namespace Rnn.MLNet.Experiments.Data;

/// <summary>The rows of a data set, cached in memory where allowed and possible, with the class of each row.</summary>
/// <param name="View">The rows, always in the same order.</param>
/// <param name="Labels">The class number of each row; <see cref="LabelValues.Missing"/> for rows without a label.</param>
internal sealed record HeldRows(IDataView View, IReadOnlyList<int> Labels)
{
    public int WithoutLabel { get; } = Labels.Count(label => label == LabelValues.Missing);

    public int Labelled => Labels.Count - WithoutLabel;

    /// <summary>Reads a data set. Rows that are cached are read from the source only once, so single-pass sources work too.</summary>
    /// <exception cref="ArgumentException">No row has a label, or rows that are not cached differ when they are read again.</exception>
    public static HeldRows Read(MLContext context, IDataView data, string label, string role, bool hold, CancellationToken cancellationToken)
    {
        IDataView rows = new SelectedRows(data, null, data.GetRowCount(), cancellationToken);
        var held = hold && CanHold(data.Schema);
        rows = held ? context.Data.Cache(rows) : rows;
        var labels = ReadLabels(rows, label, held ? rows.Schema.Where(column => !column.IsHidden) : [rows.Schema[label]], cancellationToken);
        if (!held && ReadLabels(rows, label, [rows.Schema[label]], cancellationToken) is var again && !again.SequenceEqual(labels))
        {
            throw new ArgumentException(
                $"The {role} data had {labels.Count} rows when first read, but {again.Count} or different rows when read again. An experiment reads its rows repeatedly: keep CacheBeforeTrainer on and drop columns that cannot be cached, or pass data that is the same on every read.");
        }

        var result = new HeldRows(rows, labels);
        return labels.Count == 0 ? throw new ArgumentException($"The {role} data has no rows.")
            : result.Labelled == 0 ? throw new ArgumentException($"None of the {labels.Count} rows of the {role} data has a label in the column '{label}'.")
            : result;
    }

    private static List<int> ReadLabels(IDataView rows, string label, IEnumerable<DataViewSchema.Column> columns, CancellationToken cancellationToken)
    {
        var labels = new List<int>();
        using var cursor = rows.GetRowCursor(columns);
        var next = LabelValues.Reader(cursor, rows.Schema[label]);
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            labels.Add(next());
        }

        return labels;
    }

    /// <summary>Returns whether ML.NET can cache all columns. It silently drops columns that it cannot cache, such as images.</summary>
    public static bool CanHold(DataViewSchema schema) => schema.All(column => column.IsHidden || column.Type is PrimitiveDataViewType or VectorDataViewType);

    /// <summary>Returns the rows whose index satisfies a condition.</summary>
    public IDataView Select(Func<int, bool> chosen, CancellationToken cancellationToken) =>
        new SelectedRows(View, row => row < Labels.Count && chosen((int)row), Enumerable.Range(0, Labels.Count).Count(chosen), cancellationToken);

    /// <summary>Returns the rows that have a label.</summary>
    public IDataView SelectLabelled(CancellationToken cancellationToken) => Select(row => Labels[row] != LabelValues.Missing, cancellationToken);
}

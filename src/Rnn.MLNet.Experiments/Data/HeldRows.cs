namespace Rnn.MLNet.Experiments.Data;

/// <summary>The rows of a data set, held in memory if they may and can be, and what is known of their labels.</summary>
/// <param name="View">The rows, always in the same order.</param>
/// <param name="Labels">The number of each row's class; <see cref="LabelValues.Missing"/> for none.</param>
internal sealed record HeldRows(IDataView View, IReadOnlyList<int> Labels)
{
    public int WithoutLabel { get; } = Labels.Count(label => label == LabelValues.Missing);

    public int Labelled => Labels.Count - WithoutLabel;

    /// <summary>Reads a data set once. What can be held is read from memory from then on, so that also rows that can be read only once will do.</summary>
    /// <exception cref="ArgumentException">There are no rows with a label.</exception>
    public static HeldRows Read(MLContext context, IDataView data, string label, string role, bool hold, CancellationToken cancellationToken)
    {
        IDataView rows = new SelectedRows(data, null, data.GetRowCount(), cancellationToken);
        var held = hold && CanHold(data.Schema);
        rows = held ? context.Data.Cache(rows) : rows;
        var labels = ReadLabels(rows, label, held ? rows.Schema.Where(column => !column.IsHidden) : [rows.Schema[label]], cancellationToken);
        if (!held && ReadLabels(rows, label, [rows.Schema[label]], cancellationToken) is var again && !again.SequenceEqual(labels))
        {
            throw new ArgumentException(
                $"The {role} data had {labels.Count} rows when it was first read and {again.Count}, or others, when it was read again. An experiment reads rows often: leave CacheBeforeTrainer on, without columns that cannot be held, or give it data that is the same each time.");
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

    /// <summary>Whether ML.NET can hold all columns; it leaves out those that it cannot, such as images.</summary>
    public static bool CanHold(DataViewSchema schema) => schema.All(column => column.IsHidden || column.Type is PrimitiveDataViewType or VectorDataViewType);

    /// <summary>Some of the rows.</summary>
    public IDataView Select(Func<int, bool> chosen, CancellationToken cancellationToken) =>
        new SelectedRows(View, row => row < Labels.Count && chosen((int)row), Enumerable.Range(0, Labels.Count).Count(chosen), cancellationToken);

    /// <summary>The rows with a label.</summary>
    public IDataView SelectLabelled(CancellationToken cancellationToken) => Select(row => Labels[row] != LabelValues.Missing, cancellationToken);
}

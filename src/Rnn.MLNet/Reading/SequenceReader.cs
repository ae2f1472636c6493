namespace Rnn.MLNet.Reading;

/// <summary>
/// Reads an <see cref="IDataView"/> once and creates a source of its labelled rows: in memory if they fit, otherwise streamed from the view.
/// </summary>
/// <param name="data">The view.</param>
/// <param name="columns">The columns to read.</param>
/// <param name="role">The use of the rows in error messages: <c>training</c> or <c>validation</c>.</param>
/// <param name="statistics">Receives the training rows, without those held out for validation; null for validation rows.</param>
internal sealed class SequenceReader(IDataView data, SequenceColumns columns, string role, TrainingStatistics? statistics = null)
{
    /// <summary>The number of rows that <see cref="Read"/> skipped because they have no label.</summary>
    public long SkippedRows { get; private set; }

    /// <summary>Reads, validates and counts all rows.</summary>
    /// <param name="budget">The memory in bytes that the rows may occupy; 0 to always stream them.</param>
    /// <param name="validation">The split into training and validation rows.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The training rows, and the validation rows if the split has any.</returns>
    /// <exception cref="InvalidOperationException">
    /// Thrown if there is no row with a label, if a value cannot be used for training, or if one side of the split is empty.
    /// </exception>
    public (IRowSource Training, IRowSource? Validation) Read(long budget, ValidationSplit validation, CancellationToken cancellationToken)
    {
        using var cursor = new SequenceCursor(data, columns, role, shuffle: null);
        return Keep(cursor, budget, validation, cancellationToken);
    }

    /// <summary>Reads the rows into memory. If they exceed the budget, continues the same pass with <see cref="Scan"/>.</summary>
    private (IRowSource Training, IRowSource? Validation) Keep(
        SequenceCursor cursor, long budget, ValidationSplit validation, CancellationToken cancellationToken)
    {
        var set = new SequenceSet(columns.Shape, columns.Targets, budget == 0 ? 1 : (int)Math.Clamp(data.GetRowCount() ?? int.MaxValue, 1, int.MaxValue));
        while (cursor.MoveNext(set.NextRow(), cancellationToken))
        {
            set.Add(cursor.Target, cursor.Weight);
            if (set.Bytes > budget)
            {
                return Scan(cursor, set, validation, cancellationToken);
            }
        }

        SkippedRows = cursor.SkippedRows;
        RequireRows(set.Count);
        var split = validation.Split(set);
        Observe(set, split.Training);
        return split;
    }

    /// <summary>Counts the rows that were already read, discards them, and validates and counts the remaining rows for streaming.</summary>
    private (IRowSource Training, IRowSource? Validation) Scan(
        SequenceCursor cursor, SequenceSet kept, ValidationSplit validation, CancellationToken cancellationToken)
    {
        using var digest = new RowDigest();
        var weights = columns.Targets.Weights;
        var (training, aside) = (new TargetWeights.Totals(weights), new TargetWeights.Totals(weights));
        void Count(ReadOnlySpan<float> row, ReadOnlySpan<int> target, float weight)
        {
            if (validation.Holds(digest.Add(row, target, weight)))
            {
                aside.Add(target, weight);
                return;
            }

            training.Add(target, weight);
            statistics?.Add(row, target, weight);
        }

        for (var row = 0; row < kept.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Count(kept.Values(row), kept.Target(row), kept.Weight(row));
        }

        kept.Clear();
        var values = new float[columns.Shape.Length];
        while (cursor.MoveNext(values, cancellationToken))
        {
            Count(values, cursor.Target, cursor.Weight);
        }

        SkippedRows = cursor.SkippedRows;
        validation.Require(training.Rows, aside.Rows);
        statistics?.Complete(training);
        StreamedRows Stream(TargetWeights.Totals totals, Func<UInt128, bool> filter) =>
            new(data, columns, role, digest.Tally, totals.Rows, totals.Mean, filter, digest.ToString());
        return (
            Stream(training, row => !validation.Holds(row)),
            aside.Rows == 0 ? null : Stream(aside, validation.Holds));
    }

    private void Observe(SequenceSet set, CachedRows training)
    {
        if (statistics is null)
        {
            return;
        }

        var totals = new TargetWeights.Totals(columns.Targets.Weights);
        foreach (var row in training.Rows)
        {
            totals.Add(set.Target(row), set.Weight(row));
            statistics.Add(set.Values(row), set.Target(row), set.Weight(row));
        }

        statistics.Complete(totals);
    }

    private void RequireRows(long count)
    {
        if (count == 0)
        {
            throw new InvalidOperationException(SkippedRows == 0
                ? $"The {role} data has no rows."
                : $"The {role} data has no row with a target: the {columns.Targets.Description} is missing in all {SkippedRows} rows.");
        }
    }
}

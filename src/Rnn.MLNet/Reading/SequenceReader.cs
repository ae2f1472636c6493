namespace Rnn.MLNet.Reading;

/// <summary>
/// Goes over an IDataView once and makes a source of labelled rows of it: in memory if they fit, otherwise one that streams
/// them from the view.
/// </summary>
internal sealed class SequenceReader(IDataView data, SequenceColumns columns, string role)
{
    /// <summary>Rows that were left out because their label is missing, after <see cref="Read"/>.</summary>
    public long SkippedRows { get; private set; }

    /// <summary>Reads, checks and counts all rows.</summary>
    /// <param name="budget">Bytes that the rows may take in memory; 0 to stream them in any case.</param>
    /// <param name="validation">Which rows to set aside.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows to train on and, if any are to be set aside, those.</returns>
    /// <exception cref="InvalidOperationException">There is no row with a label, or a value cannot be trained on.</exception>
    public (IRowSource Training, IRowSource? Validation) Read(long budget, ValidationSplit validation, CancellationToken cancellationToken)
    {
        using var cursor = new SequenceCursor(data, columns, role, shuffle: null);
        return Keep(cursor, budget, validation, cancellationToken);
    }

    /// <summary>All rows in memory; if they do not fit, a stream that the same pass goes on to check and count.</summary>
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
        return validation.Split(set);
    }

    /// <summary>Checks and counts the rows of a stream, those that were kept at first and the others.</summary>
    private (IRowSource Training, IRowSource? Validation) Scan(
        SequenceCursor cursor, SequenceSet kept, ValidationSplit validation, CancellationToken cancellationToken)
    {
        using var digest = new RowDigest();
        long training = 0, aside = 0;
        double trainingWeight = 0, asideWeight = 0;
        void Count(ReadOnlySpan<float> row, ReadOnlySpan<int> target, float weight)
        {
            if (validation.Holds(digest.Add(row, target, weight)))
            {
                aside++;
                asideWeight += weight;
            }
            else
            {
                training++;
                trainingWeight += weight;
            }
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
        validation.Require(training, aside);
        StreamedRows Stream(long count, double weight, Func<UInt128, bool> filter) =>
            new(data, columns, role, digest.Tally, count, weight / count, filter, digest.ToString());
        return (
            Stream(training, trainingWeight, row => !validation.Holds(row)),
            aside == 0 ? null : Stream(aside, asideWeight, validation.Holds));
    }

    private void RequireRows(long count)
    {
        if (count == 0)
        {
            throw new InvalidOperationException(SkippedRows == 0
                ? $"The {role} data has no rows."
                : $"The {role} data has no row to learn from: the {columns.Targets.Description} is missing in all {SkippedRows} rows.");
        }
    }
}

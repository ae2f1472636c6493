using Microsoft.ML;

namespace Rnn.MLNet.Sequences;

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
    public (IRowSource Training, IRowSource? Validation) Read(long budget, ValidationSplit validation, CancellationToken cancellationToken) =>
        Keep(budget, cancellationToken) is { } set ? validation.Split(set) : Scan(validation, cancellationToken);

    /// <summary>All rows in memory; null if they do not fit.</summary>
    private SequenceSet? Keep(long budget, CancellationToken cancellationToken)
    {
        if (budget == 0)
        {
            return null;
        }

        using var cursor = new SequenceCursor(data, columns, role, shuffle: null);
        var set = new SequenceSet(columns.Shape, (int)Math.Clamp(data.GetRowCount() ?? int.MaxValue, 1, int.MaxValue));
        while (cursor.MoveNext(set.NextRow(), cancellationToken))
        {
            set.Add(cursor.Label, cursor.Weight);
            if (set.Bytes > budget)
            {
                return null;
            }
        }

        SkippedRows = cursor.SkippedRows;
        RequireRows(set.Count);
        return set;
    }

    /// <summary>Checks and counts the rows of a stream.</summary>
    private (IRowSource Training, IRowSource? Validation) Scan(ValidationSplit validation, CancellationToken cancellationToken)
    {
        using var cursor = new SequenceCursor(data, columns, role, shuffle: null);
        using var digest = new RowDigest();
        var values = new float[columns.Shape.Length];
        long training = 0, aside = 0;
        while (cursor.MoveNext(values, cancellationToken))
        {
            digest.Add(values, cursor.Label, cursor.Weight);
            _ = validation.Holds(cursor.Id) ? aside++ : training++;
        }

        SkippedRows = cursor.SkippedRows;
        RequireRows(training + aside);
        validation.Require(training, aside);
        var hash = digest.ToString();
        return (
            new StreamedRows(data, columns, role, training, id => !validation.Holds(id), hash),
            aside == 0 ? null : new StreamedRows(data, columns, role, aside, validation.Holds, hash));
    }

    private void RequireRows(long count)
    {
        if (count == 0)
        {
            throw new InvalidOperationException(SkippedRows == 0
                ? $"The {role} data has no rows."
                : $"The {role} data has no row with a label: column '{columns.Label.Name}' is missing in all {SkippedRows} rows.");
        }
    }
}

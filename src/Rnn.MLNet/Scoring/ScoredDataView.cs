using Microsoft.ML;

namespace Rnn.MLNet.Scoring;

/// <summary>A view of the input with the model's columns behind it; scores are computed when a cursor asks for them.</summary>
internal sealed class ScoredDataView(IDataView input, Scorer scorer) : IDataView
{
    private readonly OutputSchema _schema = scorer.OutputSchema(input.Schema);

    public DataViewSchema Schema => _schema.Schema;

    /// <summary>Two cursors over the input must see the same order, so it is never shuffled.</summary>
    public bool CanShuffle => false;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToList();
        var passed = needed.Where(column => !_schema.IsNew(column)).Select(column => input.Schema[column.Index]).ToList();
        return needed.Exists(_schema.IsNew)
            ? new BatchScoringCursor(input, passed, needed, _schema, scorer)
            : new PassThroughCursor(input.GetRowCursor(passed), _schema);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}

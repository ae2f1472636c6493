namespace Rnn.MLNet.Scoring;

/// <summary>A lazy view of the input with the model's columns. Scores are computed when a cursor reads them.</summary>
internal sealed class ScoredDataView(IDataView input, Scorer scorer) : IDataView
{
    private readonly OutputSchema _schema = scorer.OutputSchema(input.Schema);

    public DataViewSchema Schema => _schema.Schema;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = _schema.Checked(columnsNeeded);
        var shuffle = input.CanShuffle ? rand : null;
        return needed.Exists(_schema.IsNew)
            ? new BatchScoringCursor(input, needed, _schema, scorer, shuffle)
            : new PassThroughCursor(input.GetRowCursor(_schema.Passed(needed), shuffle), _schema);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}

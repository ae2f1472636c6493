namespace Rnn.MLNet.Scoring;

/// <summary>Scores single rows, for a <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
internal sealed class RowScorer(DataViewSchema input, Scorer scorer) : IRowToRowMapper
{
    private readonly OutputSchema _schema = scorer.OutputSchema(input);

    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => _schema.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var wanted = _schema.Checked(dependingColumns);
        var passed = _schema.Passed(wanted);
        return wanted.Exists(_schema.IsNew) ? [.. passed.Append(_schema.Feature).DistinctBy(column => column.Index)] : passed;
    }

    public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ScoredRow(row, [.. _schema.Checked(activeColumns).Select(column => column.Index)], _schema, scorer);
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Scoring;

/// <summary>The one-row path, which serves <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
internal sealed class RowScorer(DataViewSchema input, Scorer scorer, OnnxSession session) : IRowToRowMapper
{
    private readonly OutputSchema _schema = scorer.OutputSchema(input);

    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => _schema.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var wanted = dependingColumns.ToList();
        var passed = wanted.Where(column => !_schema.IsNew(column)).Select(column => input[column.Index]);
        return (wanted.Exists(_schema.IsNew) ? passed.Append(_schema.Feature) : passed).Distinct();
    }

    public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ScoredRow(row, [.. activeColumns.Select(column => column.Index)], _schema, scorer, session);
}

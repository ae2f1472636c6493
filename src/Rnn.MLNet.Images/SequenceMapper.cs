namespace Rnn.MLNet.Images;

/// <summary>Adds the sequence to single rows, for a <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
internal sealed class SequenceMapper(DataViewSchema input, FittedSequence fitted) : IRowToRowMapper
{
    private readonly SequenceSchema _schema = fitted.SchemaOf(input);

    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => _schema.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        _schema.SourcesOf(_schema.Checked(dependingColumns));

    public DataViewRow GetRow(DataViewRow row, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new SequenceRow(row, new SequenceColumns(row, _schema.Checked(activeColumns), _schema, fitted), _schema.Schema);
}

using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// The input's columns and behind them those of the task. The score, the first of them, hides a marker (<see cref="OnnxMarkerType"/>).
/// </summary>
internal sealed class OutputSchema
{
    private const string ScoreColumnSetId = "ScoreColumnSetId";

    private OutputSchema(DataViewSchema input, DataViewSchema.Column feature, DataViewSchema schema)
    {
        Input = input;
        Feature = feature;
        Schema = schema;
    }

    public DataViewSchema Input { get; }

    /// <summary>The feature column of the input.</summary>
    public DataViewSchema.Column Feature { get; }

    public DataViewSchema Schema { get; }

    public int MarkerIndex => Input.Count;

    /// <summary>The first of the task's columns, the score.</summary>
    public int ScoreIndex => Input.Count + 1;

    /// <summary>Whether a column is one of the new ones.</summary>
    public bool IsNew(DataViewSchema.Column column) => column.Index >= Input.Count;

    /// <summary>The columns that a consumer asks for, each once.</summary>
    /// <exception cref="ArgumentException">One is a column of another schema.</exception>
    public List<DataViewSchema.Column> Checked(IEnumerable<DataViewSchema.Column> asked)
    {
        var columns = asked.DistinctBy(column => column.Index).ToList();
        foreach (var column in columns)
        {
            if (column.Index >= Schema.Count || column.Name != Schema[column.Index].Name)
            {
                throw new ArgumentException(
                    $"The column '{column.Name}', number {column.Index} (counted from 0), is of another schema; that of the model's output has {string.Join(", ", Schema.Select(own => $"'{own.Name}'"))}.");
            }
        }

        return columns;
    }

    /// <summary>The columns of the input behind those that a consumer asks for.</summary>
    public List<DataViewSchema.Column> Passed(IEnumerable<DataViewSchema.Column> asked) =>
        [.. asked.Where(column => !IsNew(column)).Select(column => Input[column.Index])];

    /// <exception cref="ArgumentException">The feature column is missing or of another type than in training.</exception>
    public static OutputSchema Of(DataViewSchema input, string featureColumn, SequenceShape shape, VectorDataViewType trained, IOutputColumns columns)
    {
        var feature = ColumnRules.Find(input, featureColumn, "feature");
        shape.Check(feature, trained);

        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(columns.ScoreName, OnnxMarkerType.Instance);
        columns.AddTo(builder, NextScoreColumnSetId(input));
        return new OutputSchema(input, feature, builder.ToSchema());
    }

    /// <summary>Score columns of one model share an identifier, one above those that the data has already.</summary>
    private static uint NextScoreColumnSetId(DataViewSchema input)
    {
        uint largest = 0;
        foreach (var column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId) is { Type: KeyDataViewType { RawType: var raw } } && raw == typeof(uint))
            {
                uint id = 0;
                column.Annotations.GetValue(ScoreColumnSetId, ref id);
                largest = Math.Max(largest, id);
            }
        }

        return largest + 1;
    }
}

using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// The schema of a model's output: the input's columns, a marker (<see cref="OnnxMarkerType"/>) and the task's columns. The score, the
/// first of the task's columns, has the same name as the marker and hides it.
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

    /// <summary>The schema of the output.</summary>
    public DataViewSchema Schema { get; }

    public int MarkerIndex => Input.Count;

    /// <summary>The index of the score column, the first of the task's columns.</summary>
    public int ScoreIndex => Input.Count + 1;

    /// <summary>Returns whether a column is not one of the input's.</summary>
    public bool IsNew(DataViewSchema.Column column) => column.Index >= Input.Count;

    /// <summary>Validates the columns that a consumer requests, and removes duplicates.</summary>
    /// <exception cref="ArgumentException">A column belongs to another schema.</exception>
    public List<DataViewSchema.Column> Checked(IEnumerable<DataViewSchema.Column> asked)
    {
        var columns = asked.DistinctBy(column => column.Index).ToList();
        foreach (var column in columns)
        {
            if (column.Index >= Schema.Count || column.Name != Schema[column.Index].Name)
            {
                throw new ArgumentException(
                    $"The column '{column.Name}' with index {column.Index} belongs to another schema; that of the model's output has {string.Join(", ", Schema.Select(own => $"'{own.Name}'"))}.");
            }
        }

        return columns;
    }

    /// <summary>Returns the input's columns among those that a consumer requests.</summary>
    public List<DataViewSchema.Column> Passed(IEnumerable<DataViewSchema.Column> asked) =>
        [.. asked.Where(column => !IsNew(column)).Select(column => Input[column.Index])];

    /// <summary>Validates the feature column and creates the schema.</summary>
    /// <exception cref="ArgumentException">The feature column is missing or does not have the type that it had in training.</exception>
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

    /// <summary>Returns the identifier that the model's score columns share, one more than the largest in the input.</summary>
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

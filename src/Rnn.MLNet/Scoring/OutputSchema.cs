using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Scoring;

/// <summary>
/// The input's columns and behind them <c>Score</c> and <c>PredictedLabel</c>, annotated as ML.NET's multiclass scorers do. The score
/// hides a marker (<see cref="OnnxMarkerType"/>).
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

    public int ScoreIndex => Input.Count + 1;

    public int PredictedLabelIndex => Input.Count + 2;

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
    public static OutputSchema Of(
        DataViewSchema input, ModelColumns columns, SequenceShape shape, VectorDataViewType trained, LabelKeys labels)
    {
        var feature = input.GetColumnOrNull(columns.Feature) ?? throw new ArgumentException(
            $"The feature column '{columns.Feature}' is not in the data, which has {string.Join(", ", input.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'"))}.");
        shape.Check(feature, trained);

        var setId = NextScoreColumnSetId(input);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(columns.Score, OnnxMarkerType.Instance);
        builder.AddColumn(columns.Score, new VectorDataViewType(NumberDataViewType.Single, labels.Count), ScoreAnnotations(labels, setId));
        builder.AddColumn(columns.PredictedLabel, new KeyDataViewType(typeof(uint), labels.Count), PredictedLabelAnnotations(labels, setId));
        return new OutputSchema(input, feature, builder.ToSchema());
    }

    private static DataViewSchema.Annotations ScoreAnnotations(LabelKeys labels, uint setId)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        AddScoreKind(annotations, setId, "Score");
        if (labels.Names is { } names)
        {
            var texts = names.Select(name => name.AsMemory()).ToArray();
            annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, texts.Length),
                (ref VBuffer<ReadOnlyMemory<char>> destination) =>
                {
                    var editor = VBufferEditor.Create(ref destination, texts.Length);
                    texts.CopyTo(editor.Values);
                    destination = editor.Commit();
                });
            labels.AddTo(annotations, "TrainingLabelValues");
        }

        return annotations.ToAnnotations();
    }

    private static DataViewSchema.Annotations PredictedLabelAnnotations(LabelKeys labels, uint setId)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        AddScoreKind(annotations, setId, "PredictedLabel");
        labels.AddTo(annotations, "KeyValues");
        return annotations.ToAnnotations();
    }

    private static void AddScoreKind(DataViewSchema.Annotations.Builder annotations, uint setId, string valueKind)
    {
        annotations.AddPrimitiveValue(ScoreColumnSetId, new KeyDataViewType(typeof(uint), int.MaxValue), setId);
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, valueKind.AsMemory());
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

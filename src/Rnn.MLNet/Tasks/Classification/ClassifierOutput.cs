using System.Globalization;
using System.Numerics.Tensors;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// The columns <c>Score</c> and <c>PredictedLabel</c>, with the annotations that ML.NET's multiclass trainers give them, and, if requested, the scores after
/// each time step.
/// </summary>
/// <param name="columns">The names of the columns.</param>
/// <param name="labels">The classes.</param>
/// <param name="scoredSteps">The number of time steps of a row, if each is scored; null if only the row is.</param>
internal sealed class ClassifierOutput(ClassifierColumns columns, LabelKeys labels, int? scoredSteps = null) : IOutputColumns
{
    public int ScoreLength => labels.Count;

    public int? ScoredSteps => scoredSteps;

    public string ScoreName => columns.Score;

    /// <summary>The values of the label's keys as text, or the keys, which begin with 1, if they have no values.</summary>
    public IReadOnlyList<string> ScoreNames { get; } =
        labels.Names ?? [.. Enumerable.Range(1, labels.Count).Select(key => key.ToString(CultureInfo.InvariantCulture))];

    public void AddTo(DataViewSchema.Builder schema, uint scoreColumnSetId)
    {
        schema.AddColumn(columns.Score, new VectorDataViewType(NumberDataViewType.Single, labels.Count), ScoreAnnotations(scoreColumnSetId));
        schema.AddColumn(columns.PredictedLabel, new KeyDataViewType(typeof(uint), labels.Count), PredictedLabelAnnotations(scoreColumnSetId));
        if (scoredSteps is { } steps)
        {
            schema.AddColumn(columns.ScoresOverTime, new VectorDataViewType(NumberDataViewType.Single, steps, labels.Count));
        }
    }

    public Delegate Getter(int column, ScoreSource scores)
    {
        return column switch
        {
            0 => Values(() => Last(scores)),
            1 => PredictedLabel(() => Last(scores)),
            _ => Values(scores),
        };
    }

    private ReadOnlySpan<float> Last(ScoreSource scores)
    {
        var all = scores();
        return all[^labels.Count..];
    }

    private static ValueGetter<VBuffer<float>> Values(ScoreSource scores) => (ref VBuffer<float> destination) =>
    {
        var source = scores();
        var editor = VBufferEditor.Create(ref destination, source.Length);
        source.CopyTo(editor.Values);
        destination = editor.Commit();
    };

    private static ValueGetter<uint> PredictedLabel(ScoreSource scores) => (ref uint destination) => destination = Key(scores());

    /// <summary>Returns the key of the most probable class, the first in case of a tie; 0 (missing) if the scores are NaN.</summary>
    private static uint Key(ReadOnlySpan<float> scores) => float.IsNaN(scores[0]) ? 0 : (uint)TensorPrimitives.IndexOfMax(scores) + 1;

    private DataViewSchema.Annotations ScoreAnnotations(uint setId)
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

    private DataViewSchema.Annotations PredictedLabelAnnotations(uint setId)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        AddScoreKind(annotations, setId, "PredictedLabel");
        labels.AddTo(annotations, "KeyValues");
        return annotations.ToAnnotations();
    }

    private static void AddScoreKind(DataViewSchema.Annotations.Builder annotations, uint setId, string valueKind)
    {
        annotations.AddPrimitiveValue("ScoreColumnSetId", new KeyDataViewType(typeof(uint), int.MaxValue), setId);
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, valueKind.AsMemory());
    }
}

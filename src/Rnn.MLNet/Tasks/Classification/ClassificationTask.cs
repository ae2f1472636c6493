using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Reading;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>Assigns each sequence one of several classes: a softmax over logits, trained with cross-entropy. The metric is accuracy.</summary>
internal sealed class ClassificationTask : ITask
{
    /// <summary>The kind of task in files.</summary>
    public const string Kind = "classifier";

    private readonly ClassifierColumns _columns;
    private readonly ClassWeights _classWeights;
    private readonly TargetWeights _weights;

    private ClassificationTask(ClassifierColumns columns, LabelKeys labels, ClassWeights weights, int? scoredSteps)
    {
        _columns = columns;
        _classWeights = weights;
        _weights = ClassWeighting.Of(weights, labels, columns.Label);
        Labels = labels;
        Columns = new ClassifierOutput(columns, labels, scoredSteps);
    }

    /// <summary>The classes.</summary>
    public LabelKeys Labels { get; }

    public int Outputs => Labels.Count;

    public IReadOnlyList<(string Name, string Value)> Fingerprint =>
        [("classes", $"{Labels} {Digest(Labels.Names)}".TrimEnd()), ("ClassWeights", _classWeights.ToString())];

    public IOutputColumns Columns { get; }

    public ExportedDescription Export => new(
        Kind,
        FormattableString.Invariant($"Classes = {Outputs}"),
        "probabilities",
        "The probability of each class, in the order of the metadata property 'classes', if there is one.",
        Columns.ScoredSteps is null ? null : "probabilities_over_time",
        Labels.Names is { } names ? [new("classes", new JsonArray([.. names.Select(name => (JsonNode?)name)]).ToJsonString())] : []);

    public SavedTask Saved => new(Kind, new Dictionary<string, string?>
    {
        [nameof(_columns.Label)] = _columns.Label,
        [nameof(_columns.Score)] = _columns.Score,
        [nameof(_columns.PredictedLabel)] = _columns.PredictedLabel,
        [nameof(_columns.ScoresOverTime)] = _columns.ScoresOverTime,
    });

    /// <summary>Makes the task of a saved model again.</summary>
    /// <param name="saved">The description in the saved model.</param>
    /// <param name="feature">The name of the feature column.</param>
    /// <param name="timeSteps">The number of time steps of a sequence.</param>
    /// <param name="scored">The schema of the saved model's output, whose predicted label has the classes.</param>
    public static ClassificationTask Of(SavedTask saved, string feature, int timeSteps, DataViewSchema scored)
    {
        var columns = new ClassifierColumns(
            saved.Column(nameof(ClassifierColumns.Label)), feature, saved.Column(nameof(ClassifierColumns.Score)), saved.Column(nameof(ClassifierColumns.PredictedLabel)))
        {
            ScoresOverTime = saved.Columns.GetValueOrDefault(nameof(ClassifierColumns.ScoresOverTime)),
        };
        return new ClassificationTask(
            columns, LabelKeys.Of(scored[columns.PredictedLabel]), ClassWeights.None, columns.ScoresOverTime is null ? null : timeSteps);
    }

    /// <summary>Creates the task for the label column of a view.</summary>
    /// <param name="schema">The schema of the view.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="weights">The weights of the classes; null for none.</param>
    /// <param name="timeSteps">The number of time steps of a sequence; null for the first dimension of the feature column.</param>
    /// <exception cref="ArgumentException">
    /// The label column is missing, its type is not a key of at least two classes, or a weight is given for a class that it does not have. Or each
    /// time step is to be scored, and the feature column is missing or cannot be divided into time steps.
    /// </exception>
    public static ClassificationTask Of(DataViewSchema schema, ClassifierColumns columns, ClassWeights? weights = null, int? timeSteps = null)
    {
        var labels = LabelKeys.Of(Find(schema, columns));
        int? scoredSteps = columns.ScoresOverTime is null ? null : SequenceShape.Of(ColumnRules.Find(schema, columns.Feature, "feature"), timeSteps).TimeSteps;
        return new ClassificationTask(columns, labels, weights ?? ClassWeights.None, scoredSteps);
    }

    public ITargets Targets(DataViewSchema schema)
    {
        var label = Find(schema, _columns);
        var keys = LabelKeys.Of(label);
        return keys.Agrees(Labels)
            ? new ClassTargets(label, keys, _weights)
            : throw new ArgumentException(
                $"The label column '{_columns.Label}' must have the same keys as that of the training data, {Labels}; it has {keys}. Map both with one fitted MapValueToKey.");
    }

    public Tensor Losses(Tensor outputs, Tensor targets) => nn.functional.cross_entropy(outputs, targets, reduction: nn.Reduction.None);

    public LossGradient Differentiate(Tensor outputs, Tensor targets, Tensor weights) => CrossEntropy.Differentiate(outputs, targets, weights);

    /// <summary>In nats. Guessing among a million classes gives a loss of 14.</summary>
    public double DivergedLoss => 1000;

    public double LearnedLoss => 0.001;

    public string MetricName => "Accuracy";

    public double Metric(Tensor outputs, Tensor targets) => outputs.argmax(1).eq(targets).sum().item<long>();

    public Tensor Scores(Tensor outputs) => outputs.softmax(-1);

    public void Scores(ReadOnlySpan<float> outputs, Span<float> scores) => CrossEntropy.Softmax(outputs, scores);

    public string AddScores(OnnxGraph graph, string outputs) => graph.Add("Softmax", [outputs], OnnxGraph.Integer("axis", -1));

    public ISavedTail SavedTail(MLContext context) => new ClassifierTail(context, _columns, Labels);

    private static DataViewSchema.Column Find(DataViewSchema schema, ClassifierColumns columns)
    {
        var label = ColumnRules.Find(schema, columns.Label, "label");
        LabelRules.Check(label);
        return label;
    }

    private static string Digest(IReadOnlyList<string>? names) => names is null
        ? ""
        : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', names))), 0, 8);
}

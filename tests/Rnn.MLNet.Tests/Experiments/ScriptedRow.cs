namespace Rnn.MLNet.Tests.Experiments;

/// <summary>A row that brings the answer of the model along, so that every metric of an experiment can be computed by hand.</summary>
public sealed class ScriptedRow
{
    [VectorType(3)]
    public float[] Answer { get; set; } = [];

    public string Label { get; set; } = "";

    /// <summary>One row of each class, for the classes to be known.</summary>
    public static ScriptedRow[] Classes => [Of("a", 1, 0, 0), Of("b", 0, 1, 0), Of("c", 0, 0, 1)];

    /// <summary>
    /// Eleven rows of the classes a (5), b (3) and c (3): by truth and prediction 3 1 1, 1 1 1 and 1 0 2. In the seventh two scores tie,
    /// of which the first counts as the larger one, and the right class has none.
    /// </summary>
    public static ScriptedRow[] Eleven =>
    [
        Of("a", 0.5f, 0.25f, 0.25f),
        Of("a", 0.25f, 0.5f, 0.25f),
        Of("a", 0.25f, 0.25f, 0.5f),
        Of("b", 0.5f, 0.25f, 0.25f),
        Of("b", 0.25f, 0.25f, 0.5f),
        Of("b", 0.125f, 0.75f, 0.125f),
        Of("c", 0.5f, 0.5f, 0),
        Of("c", 0, 0, 1),
        Of("c", 0.25f, 0.25f, 0.5f),
        Of("a", 1, 0, 0),
        Of("a", 0.5f, 0.25f, 0.25f),
    ];

    public static ScriptedRow Of(string label, params float[] answer) => new() { Label = label, Answer = answer };

    public static IDataView View(params ScriptedRow[] rows) => new MLContext().Data.LoadFromEnumerable(rows);

    /// <summary>A candidate that learns nothing and gives the scores that the rows have.</summary>
    public static IEstimator<ITransformer> Model(MLContext context) =>
        context.Transforms.CopyColumns("Score", "Answer").Append(context.Transforms.CopyColumns("PredictedLabel", "Label"));
}

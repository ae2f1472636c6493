using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// A multiclass model of ML.NET's own whose scores are its features, bit for bit: over the network's probabilities it gives a loaded
/// model <c>Score</c> and <c>PredictedLabel</c> with every annotation that a stock trainer's have, for these come from ML.NET itself.
/// </summary>
/// <remarks>
/// It is linear, its weights are the identity matrix and its biases 0. All products but one of a class are 0 × a probability, so the
/// sums are exact, and NaN stays NaN: then no class is predicted.
/// </remarks>
internal static class IdentityPredictor
{
    /// <summary>The work a row grows with the square of the classes, and must not outweigh the network's.</summary>
    private const int MaxClasses = 128;

    /// <summary>Whether the model serves, whose columns have fixed names.</summary>
    public static bool Serves(ClassifierColumns columns, int classes) =>
        columns is { Score: "Score", PredictedLabel: "PredictedLabel" } && classes <= MaxClasses;

    /// <summary>Fits the model and checks it.</summary>
    /// <param name="context">The context to fit with.</param>
    /// <param name="labels">The classes.</param>
    public static ITransformer Create(MLContext context, LabelKeys labels)
    {
        ITransformer model = labels.Count == 2
            ? UnitPerceptrons.Trainer(context).Fit(View(context, UnitPerceptrons.Rows(labels.Count), labels))
            : UnitAscent.Trainer(context, labels.Count).Fit(View(context, UnitAscent.Rows(labels.Count), labels));
        Verify(context, model, labels);
        return model;
    }

    private static IDataView View(MLContext context, IEnumerable<PortableRow> rows, LabelKeys labels)
    {
        var keyValues = new DataViewSchema.Annotations.Builder();
        labels.AddTo(keyValues, "KeyValues");
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(SavedColumns.Scores, new VectorDataViewType(NumberDataViewType.Single, labels.Count));
        schema.AddColumn(SavedClassColumns.Label, new KeyDataViewType(typeof(uint), labels.Count), keyValues.ToAnnotations());
        return context.Data.LoadFromEnumerable(rows.ToList(), schema.ToSchema());
    }

    /// <summary>The weights are exact by construction; a model that scored otherwise than it should is worth the certainty.</summary>
    private static void Verify(MLContext context, ITransformer model, LabelKeys labels)
    {
        var classes = labels.Count;
        var rows = Enumerable.Range(0, classes)
            .Select(winner => Enumerable.Range(0, classes).Select(i => 1 / (1.1f + ((i - winner + classes) % classes))).ToArray())
            .Append([.. Enumerable.Repeat(float.NaN, classes)])
            .ToList();

        var scored = model.Transform(View(context, rows.Select(row => new PortableRow { Probabilities = new VBuffer<float>(classes, row) }), labels));

        var sameScores = scored.GetColumn<float[]>("Score").Zip(rows).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        var sameKeys = scored.GetColumn<uint>("PredictedLabel").SequenceEqual([.. Enumerable.Range(1, classes).Select(i => (uint)i), 0u]);
        if (!sameScores || !sameKeys)
        {
            throw new InvalidOperationException(
                $"A model of {classes} classes cannot be saved: ML.NET's own predictor did not give the network's probabilities back.");
        }
    }
}

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// One of ML.NET's own multiclass models, whose scores equal its features bit for bit. In a saved model it computes <c>Score</c> and
/// <c>PredictedLabel</c> from the network's probabilities, with all annotations that ML.NET gives the output of its own trainers.
/// </summary>
/// <remarks>
/// The model is linear; its weights are the identity matrix and its biases are 0. All but one of the products of each class are
/// 0 × a probability, so the sums are exact. If the probabilities are NaN, the scores are NaN and no class is predicted.
/// </remarks>
internal static class IdentityPredictor
{
    /// <summary>The work for each row grows with the square of the number of classes and must not exceed that of the network.</summary>
    private const int MaxClasses = 128;

    /// <summary>Returns whether the model can be used. The names of its output columns are fixed.</summary>
    public static bool Serves(ClassifierColumns columns, int classes) =>
        columns is { Score: "Score", PredictedLabel: "PredictedLabel" } && classes <= MaxClasses;

    /// <summary>Fits the model and verifies it.</summary>
    /// <param name="context">The context to fit with.</param>
    /// <param name="labels">The classes.</param>
    /// <exception cref="InvalidOperationException">The model's scores differ from its features.</exception>
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

    /// <summary>Verifies the weights at run time, since a mistake would make the saved model return wrong scores without any error.</summary>
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
                $"A model of {classes} classes cannot be saved: ML.NET's own predictor did not reproduce the network's probabilities.");
        }
    }
}

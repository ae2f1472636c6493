using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Persistence;

/// <summary>
/// A multiclass model of ML.NET's own whose scores are its features, bit for bit: over the network's probabilities it gives a loaded
/// model <c>Score</c> and <c>PredictedLabel</c> with every annotation that a stock trainer's have, for these come from ML.NET itself.
/// </summary>
/// <remarks>
/// One linear model a class, the weights of a row of the identity matrix and no bias. All other products are 0 × a probability, so
/// the sums are exact, and NaN stays NaN: then no class is predicted.
/// </remarks>
internal static class IdentityPredictor
{
    /// <summary>Each class's model goes over all probabilities, so the work a row grows with the square of their number.</summary>
    private const int MaxClasses = 64;

    /// <summary>Whether the model serves: its columns have fixed names, and its time must not outweigh the network's.</summary>
    public static bool Serves(ModelColumns columns, int classes) =>
        columns is { Score: "Score", PredictedLabel: "PredictedLabel" } && classes <= MaxClasses;

    /// <summary>Fits the model and checks it.</summary>
    /// <param name="context">The context to fit with.</param>
    /// <param name="labels">The classes.</param>
    public static ITransformer Create(MLContext context, LabelKeys labels)
    {
        var perceptron = context.BinaryClassification.Trainers.AveragedPerceptron(new AveragedPerceptronTrainer.Options
        {
            FeatureColumnName = PortableColumns.Probabilities,
            LabelColumnName = PortableColumns.Label,
            LossFunction = new UnitSteps(),
            LearningRate = 1,
            NumberOfIterations = 1,
            Averaged = false,
            Shuffle = false,
        });
        var model = context.MulticlassClassification.Trainers
            .OneVersusAll(perceptron, PortableColumns.Label, useProbabilities: false)
            .Fit(View(context, Steps(labels.Count), labels));
        Verify(context, model, labels);
        return model;
    }

    /// <summary>Of each class its unit vector, which brings weight and bias to 1, and then zero, which takes the bias back.</summary>
    private static IEnumerable<Row> Steps(int classes)
    {
        for (var i = 0; i < classes; i++)
        {
            yield return new Row { Probabilities = new VBuffer<float>(classes, 1, [1], [i]), Label = (uint)i };
            yield return new Row { Probabilities = new VBuffer<float>(classes, 0, [], []), Label = (uint)i };
        }
    }

    private static IDataView View(MLContext context, IEnumerable<Row> rows, LabelKeys labels)
    {
        var keyValues = new DataViewSchema.Annotations.Builder();
        labels.AddTo(keyValues, "KeyValues");
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(PortableColumns.Probabilities, new VectorDataViewType(NumberDataViewType.Single, labels.Count));
        schema.AddColumn(PortableColumns.Label, new KeyDataViewType(typeof(uint), labels.Count), keyValues.ToAnnotations());
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

        var scored = model.Transform(View(context, rows.Select(row => new Row { Probabilities = new VBuffer<float>(classes, row) }), labels));

        var sameScores = scored.GetColumn<float[]>("Score").Zip(rows).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        var sameKeys = scored.GetColumn<uint>("PredictedLabel").SequenceEqual([.. Enumerable.Range(1, classes).Select(i => (uint)i), 0u]);
        if (!sameScores || !sameKeys)
        {
            throw new InvalidOperationException(
                $"A model of {classes} classes cannot be saved: ML.NET's own predictor did not give the network's probabilities back.");
        }
    }

    /// <summary>
    /// A step of 1 up at the first row of the class, whose margin is 0, one down at the second, whose margin is then the bias of 1,
    /// and none at the rows of others.
    /// </summary>
    private sealed class UnitSteps : IClassificationLoss
    {
        public double Loss(float output, float label) => label > 0 ? 1 : 0;

        public float Derivative(float output, float label) => output == 0 ? -1 : 1;
    }

    private sealed class Row
    {
        [ColumnName(PortableColumns.Probabilities)]
        public VBuffer<float> Probabilities { get; set; }

        [ColumnName(PortableColumns.Label)]
        public uint Label { get; set; }
    }
}

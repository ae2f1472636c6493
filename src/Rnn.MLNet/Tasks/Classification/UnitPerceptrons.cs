using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// Of two classes, what <see cref="UnitAscent"/> adds to the one it takes off the other, so each gets a linear model of its own: one
/// against all, whose rows ML.NET scores on several threads. Of a class, the unit vector brings weight and bias to 1 and then zero
/// takes the bias back.
/// </summary>
internal static class UnitPerceptrons
{
    public static OneVersusAllTrainer Trainer(MLContext context) => context.MulticlassClassification.Trainers.OneVersusAll(
        context.BinaryClassification.Trainers.AveragedPerceptron(new AveragedPerceptronTrainer.Options
        {
            FeatureColumnName = SavedColumns.Scores,
            LabelColumnName = SavedClassColumns.Label,
            LossFunction = new UnitSteps(),
            LearningRate = 1,
            NumberOfIterations = 1,
            Averaged = false,
            Shuffle = false,
        }),
        SavedClassColumns.Label,
        useProbabilities: false);

    /// <summary>Of each class its unit vector, and then zero.</summary>
    public static IEnumerable<PortableRow> Rows(int classes) =>
        Enumerable.Range(0, classes).SelectMany(i => new[] { PortableRow.Unit(classes, i), PortableRow.Zero(classes, i) });

    /// <summary>
    /// A step of 1 up at the first row of the class, whose margin is 0, one down at the second, whose margin is then the bias of 1,
    /// and none at the rows of others.
    /// </summary>
    private sealed class UnitSteps : IClassificationLoss
    {
        public double Loss(float output, float label) => label > 0 ? 1 : 0;

        public float Derivative(float output, float label) => output == 0 ? -1 : 1;
    }
}

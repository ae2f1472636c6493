using Microsoft.ML.Trainers;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// The counterpart of <see cref="UnitAscent"/> for two classes, where the ascent would subtract from one class what it adds to the other.
/// Each class gets its own perceptron in a one-versus-all model, which ML.NET scores on several threads. The unit vector of a class sets
/// the class's weight and its bias to 1; then the zero vector resets the bias to 0.
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

    /// <summary>Returns the unit vector of each class, followed by a zero vector of the same class.</summary>
    public static IEnumerable<PortableRow> Rows(int classes) =>
        Enumerable.Range(0, classes).SelectMany(i => new[] { PortableRow.Unit(classes, i), PortableRow.Zero(classes, i) });

    /// <summary>
    /// A loss whose step is +1 at the first row of the class, where the margin is 0; −1 at the second, where the margin is the bias of 1;
    /// and 0 at the rows of the other class.
    /// </summary>
    private sealed class UnitSteps : IClassificationLoss
    {
        public double Loss(float output, float label) => label > 0 ? 1 : 0;

        public float Derivative(float output, float label) => output == 0 ? -1 : 1;
    }
}

using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// Brings the weights of ML.NET's linear multiclass model to the identity matrix, in one pass of its dual coordinate ascent. At the unit
/// vector of a class the ascent takes a step of 1 off each other class and adds the sum of the steps to the class itself, in the
/// weights and the biases. The L1 threshold is that sum less 1: it leaves 1 of the class's own weight and, from three classes on,
/// nothing of the others'; the biases come back to 0.
/// </summary>
internal static class UnitAscent
{
    public static SdcaNonCalibratedMulticlassTrainer Trainer(MLContext context, int classes)
    {
        // The trainer multiplies what the loss gives by this, and what comes of it may be a rounding away from 1.
        var scale = 1f / classes;
        var step = 1 / scale * scale;
        var sum = 0f;
        for (var other = 1; other < classes; other++)
        {
            sum += step;
        }

        return context.MulticlassClassification.Trainers.SdcaNonCalibrated(new SdcaNonCalibratedMulticlassTrainer.Options
        {
            FeatureColumnName = SavedColumns.Scores,
            LabelColumnName = SavedClassColumns.Label,
            Loss = new UnitSteps(1 / scale),
            L1Regularization = sum - 1,
            L2Regularization = 1,
            BiasLearningRate = 0,
            NumberOfThreads = 1,
            MaximumNumberOfIterations = 1,
            Shuffle = false,
        });
    }

    /// <summary>The unit vector of each class.</summary>
    public static IEnumerable<PortableRow> Rows(int classes) => Enumerable.Range(0, classes).Select(i => PortableRow.Unit(classes, i));

    /// <summary>Asks for the same step of every class but the row's own.</summary>
    private sealed class UnitSteps(float step) : ISupportSdcaClassificationLoss
    {
        public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 0;

        public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) => step;

        public double DualLoss(float label, float dual) => 0;

        public double Loss(float output, float label) => 0;

        public float Derivative(float output, float label) => 0;
    }
}

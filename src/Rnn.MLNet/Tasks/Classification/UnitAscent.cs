using Microsoft.ML.Trainers;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>
/// Sets the weights of ML.NET's linear multiclass model to the identity matrix by one pass of its stochastic dual coordinate ascent. For
/// the unit vector of a class, the ascent subtracts a step of 1 from the weight and the bias of every other class and adds the sum of the
/// steps to those of the class itself. The L1 threshold equals this sum minus 1: it reduces the class's own weight to 1 and, with three
/// or more classes, the other weights to 0. After all classes the biases are 0 again.
/// </summary>
internal static class UnitAscent
{
    public static SdcaNonCalibratedMulticlassTrainer Trainer(MLContext context, int classes)
    {
        // The trainer multiplies the step that the loss returns by this scale, and the product may differ from 1 by a rounding error.
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

    /// <summary>Returns the unit vector of each class.</summary>
    public static IEnumerable<PortableRow> Rows(int classes) => Enumerable.Range(0, classes).Select(i => PortableRow.Unit(classes, i));

    /// <summary>A loss whose dual update is the same step for every class other than the row's own.</summary>
    private sealed class UnitSteps(float step) : ISupportSdcaClassificationLoss
    {
        public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 0;

        public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads) => step;

        public double DualLoss(float label, float dual) => 0;

        public double Loss(float output, float label) => 0;

        public float Derivative(float output, float label) => 0;
    }
}

using Microsoft.ML;

namespace Rnn.MLNet.Comparison;

/// <summary>What came of a trial: a measured model, or an exception.</summary>
internal sealed class TrialOutcome
{
    public IEstimator<ITransformer>? Estimator { get; init; }

    public Exception? Exception { get; init; }

    public ExperimentMetrics? Metrics { get; init; }

    public double TrainingTime { get; init; }

    public double? MicrosecondsPerRow { get; init; }

    public IReadOnlyList<LearningCurvePoint> LearningCurve { get; init; } = [];

    /// <summary>The whole model, with the common transforms, which other trials share.</summary>
    public ITransformer? Model { get; init; }

    /// <summary>The part of the model that is this trial's alone.</summary>
    public ITransformer? Owned { get; init; }

    /// <summary>Where the model was saved; null if it could not be.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Frees the model and deletes its file.</summary>
    public void Discard()
    {
        (Owned as IDisposable)?.Dispose();
        if (ModelPath is not null)
        {
            File.Delete(ModelPath);
        }
    }
}

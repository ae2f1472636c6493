using Microsoft.ML;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Experiments.Trials;

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
    public string? ModelPath { get; private set; }

    /// <summary>The file that the model was saved to, before it has its name.</summary>
    public string? TemporaryPath { init => ModelPath = value; }

    /// <summary>Gives the saved model its name.</summary>
    public TrialOutcome KeepFile(string path)
    {
        if (ModelPath is not null)
        {
            try
            {
                File.Move(ModelPath, path, overwrite: true);
                ModelPath = path;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Delete(ModelPath);
                ModelPath = null;
            }
        }

        return this;
    }

    /// <summary>Frees the model and deletes its file.</summary>
    /// <param name="used">A model that is still needed: a candidate may give the same one in several trials.</param>
    public void Discard(ITransformer? used = null)
    {
        if (Owned != used)
        {
            Free(Owned);
        }

        if (ModelPath is not null)
        {
            Delete(ModelPath);
        }
    }

    /// <summary>Frees a model. One of the user's own that fails in it harms nobody else.</summary>
    public static void Free(ITransformer? model)
    {
        try
        {
            (model as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
        }
    }

    /// <summary>Deletes a file that is of no use any more, if that is possible.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}

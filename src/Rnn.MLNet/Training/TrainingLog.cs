using System.Globalization;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Training;

/// <summary>Forwards the reports of the training loop to the context's log and progress channel and to the user's listener.</summary>
internal sealed class TrainingLog : IDisposable
{
    private readonly IChannel _channel;
    private readonly string _metric;
    private readonly IProgressChannel _progress;
    private readonly IProgress<TrainingProgress>? _listener;

    /// <param name="progress">The context's progress channel. It is disposed with the log.</param>
    /// <param name="channel">The context's log.</param>
    /// <param name="metric">The name of the task's metric.</param>
    /// <param name="listener">The user's listener; null for none.</param>
    public TrainingLog(IProgressChannel progress, IChannel channel, string metric, IProgress<TrainingProgress>? listener)
    {
        _channel = channel;
        _metric = metric;
        _progress = progress;
        _progress.SetHeader(new ProgressHeader(["Loss", metric, "ValidationLoss", $"Validation{metric}"], ["Epochs"]), _ => { });
        _listener = listener;
    }

    public void Report(TrainingProgress progress)
    {
        if (progress.EpochEnded)
        {
            _channel.Info(MessageSensitivity.None, Describe(progress));
            _progress.Checkpoint(progress.Loss, progress.Accuracy, progress.ValidationLoss, progress.ValidationAccuracy, progress.Epoch);
        }

        _listener?.Report(progress);
    }

    public void Dispose() => _progress.Dispose();

    private string Describe(TrainingProgress progress)
    {
        var metric = _metric.ToLowerInvariant();
        var validation = progress.ValidationLoss is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", validation loss {progress.ValidationLoss:F4}, validation {metric} {progress.ValidationAccuracy:F4}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {progress.Epoch} of {progress.Epochs}: loss {progress.Loss:F4}, {metric} {progress.Accuracy:F4}{validation}, learning rate {progress.LearningRate:G3}, {progress.SamplesPerSecond:F0} rows/s");
    }
}

using System.Globalization;
using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Training;

/// <summary>Passes on what the training loop reports: to the context's log and progress channel and to the user's own listener.</summary>
internal sealed class TrainingLog : IDisposable
{
    private readonly IChannel _channel;
    private readonly IProgressChannel _progress;
    private readonly IProgress<TrainingProgress>? _listener;

    public TrainingLog(IHost host, IChannel channel, IProgress<TrainingProgress>? listener)
    {
        _channel = channel;
        _progress = host.StartProgressChannel("RnnClassifier");
        _progress.SetHeader(new ProgressHeader(["Loss", "Accuracy", "ValidationLoss", "ValidationAccuracy"], ["Epochs"]), _ => { });
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

    private static string Describe(TrainingProgress progress)
    {
        var validation = progress.ValidationLoss is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", validation loss {progress.ValidationLoss:F4}, validation accuracy {progress.ValidationAccuracy:F4}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {progress.Epoch} of {progress.Epochs}: loss {progress.Loss:F4}, accuracy {progress.Accuracy:F4}{validation}, learning rate {progress.LearningRate:G3}, {progress.SamplesPerSecond:F0} rows/s");
    }
}

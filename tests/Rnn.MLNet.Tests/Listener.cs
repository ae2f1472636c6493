namespace Rnn.MLNet.Tests;

/// <summary>Receives every report at once, on the thread that makes it.</summary>
internal sealed class Listener(Action<TrainingProgress>? onReport = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> Reports { get; } = [];

    public void Report(TrainingProgress value)
    {
        Reports.Add(value);
        onReport?.Invoke(value);
    }
}

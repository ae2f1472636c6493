namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>Reports synchronously, on the training thread; <see cref="Progress{T}"/> would report later, on another thread.</summary>
internal sealed class ImmediateProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}

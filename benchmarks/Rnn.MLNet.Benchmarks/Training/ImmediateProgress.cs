namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>Reports at once, on the training's thread; <see cref="Progress{T}"/> would report later, on another one.</summary>
internal sealed class ImmediateProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}

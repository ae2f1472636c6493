namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Receives every report of an experiment at once, on the thread that makes it.</summary>
internal sealed class ExperimentListener : IProgress<ExperimentProgress>
{
    public List<ExperimentProgress> Reports { get; } = [];

    public void Report(ExperimentProgress value) => Reports.Add(value);
}

using Rnn.MLNet.Benchmarks.Accuracy;
using Rnn.MLNet.Benchmarks.Latency;
using Rnn.MLNet.Benchmarks.Memory;
using Rnn.MLNet.Benchmarks.Scoring;
using Rnn.MLNet.Benchmarks.Steps;
using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Creates all contests, in the order in which they run. Creating them is cheap.</summary>
internal static class ContestList
{
    private static readonly int[] BatchSizes = [128, 32, 512];

    public static IReadOnlyList<Contest> Create() =>
    [
        GemmContest.Create(),
        .. NetworkShape.All.SelectMany(shape => BatchSizes.Select(batch => TrainingContest.Create(shape, batch))),
        .. NetworkShape.All.Select(ScoringContest.Create),
        LatencyContest.Create(),
        .. StepContest.All(),
        AccuracyContest.Create(),
        PrecisionContest.Create(),
        ScoringMemoryContest.Create(),
        StreamMemoryContest.Create(),
    ];
}

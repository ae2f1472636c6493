namespace Rnn.MLNet.Benchmarks.Training;

/// <summary>Compares the training speed of one network and batch size: this library, the baseline, and the machine's peak.</summary>
internal static class TrainingContest
{
    public const double LearningRate = 0.001;

    /// <summary>The number of rows: far more than fit into the caches, yet quick to read.</summary>
    private const int Rows = 20_000;

    private const string Plain = "plain";
    private const string Gemm = "gemm";

    public static Contest Create(NetworkShape shape, int batchSize)
    {
        MnistRows? rows = null;
        return new Contest(
            $"training/{shape.Name}/{batchSize}",
            [
                new Metric("", "rows/s", MoreIsBetter: true, Plain),
                // The ratio of these rows is the fraction of the multiply-add peak of all cores.
                new Metric("arithmetic", "GFLOP/s", MoreIsBetter: true, GemmContest.MultiplyAdd),
            ],
            [
                new Contender(Plain, time => Figures(PlainTrainingLoop.Measure(shape, rows!, batchSize, time))),
                Library("float32", RnnPrecision.Float32),
                Library("bfloat16", RnnPrecision.BFloat16),
                Library("auto", RnnPrecision.Auto),
                // Measured in every round, so the peaks are from the same minute as the speeds.
                new Contender(Gemm, time => [double.NaN, GemmPeak.Measure(Environment.ProcessorCount, time / 3)]),
                new Contender(GemmContest.MultiplyAdd, time => [double.NaN, MultiplyAddPeak.Measure(time / 3)]),
            ])
        {
            RoundTime = TimeSpan.FromSeconds(shape == NetworkShape.Lstm && batchSize == 128 ? 2 : 0.5),
            Prepare = () => rows = MnistRows.Training(Rows),
            CleanUp = () => rows = null,
        };

        Contender Library(string name, RnnPrecision precision) =>
            new(name, time => Figures(LibraryTraining.Measure(shape, rows!, batchSize, precision, time)));

        double[] Figures(double rowsPerSecond) => [rowsPerSecond, rowsPerSecond * shape.TrainingOperations / 1e9];
    }
}

namespace Rnn.MLNet.Benchmarks.Memory;

/// <summary>Trains for one epoch on streamed, generated rows in a child process. The network is small, so the rows dominate the memory.</summary>
internal static class StreamMemoryTask
{
    public const string Name = "memory-stream";

    private static RnnClassifierOptions Options => new()
    {
        TimeSteps = GeneratedSequences.Steps,
        Cell = new BasicRnnCell(8),
        BatchSize = 1_024,
        Epochs = 1,
        Seed = 1,
        Device = RnnDevice.Cpu,
        Precision = RnnPrecision.Float32,
        CacheRows = CacheRows.None,
    };

    public static double[] Run(string rows)
    {
        var context = new MLContext(seed: 1);
        var view = GeneratedSequences.View(context, int.Parse(rows, CultureInfo.InvariantCulture));
        using var model = context.Transforms.RnnClassifier(Options).Fit(view);
        return [PeakMemory.Megabytes()];
    }
}

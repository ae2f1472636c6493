using Rnn.MLNet.Benchmarks.Scoring;

namespace Rnn.MLNet.Benchmarks.Memory;

/// <summary>Scores all test rows with one contender in a child process. Training the network beforehand costs all contenders the same.</summary>
internal static class ScoringMemoryTask
{
    public const string Name = "memory-scoring";

    private const int Rows = 10_000;
    private const int Batch = 128;

    public static double[] Run(string contender)
    {
        using var model = new TrainedModel(NetworkShape.Lstm);
        var rows = MnistRows.Test(Rows);
        var context = new MLContext(seed: 1);
        var view = rows.View(context);
        var setting = new LoopSetting(Batch, Environment.ProcessorCount, 1);
        IBatchScorer scorer = contender switch
        {
            ScoringField.Libtorch => new LibtorchLoop(model.Plain, rows.SequenceTensor(), setting),
            ScoringField.OnnxRuntime => new OnnxRuntimeLoop(model.OnnxPath, rows.Values(), setting),
            ScoringField.Transform => new TransformLoop(model.Fitted, view, "Score"),
            ScoringField.OnnxTransformer => new TransformLoop(model.OnnxTransformer(context, view), view, TrainedModel.OnnxOutput),
            ScoringField.ReloadedZip => new TransformLoop(model.Reloaded, view, "Score"),
            _ => throw new ArgumentException($"Unknown contender '{contender}'.", nameof(contender)),
        };
        scorer.Score(new float[rows.Count * NetworkShape.Classes]);
        return [PeakMemory.Megabytes()];
    }
}

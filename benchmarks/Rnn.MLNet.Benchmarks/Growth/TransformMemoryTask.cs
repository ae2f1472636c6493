namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>Loads a saved network in a child process and scores a table.</summary>
internal static class TransformMemoryTask
{
    public const string Name = "growth-transform";

    private const int Samples = 10;

    /// <summary>Returns the peak memory of the process and the most managed memory in use after a collection, in megabytes.</summary>
    public static double[] Run(string dimension, string value, string zip)
    {
        var point = GrowthDimension.Named(dimension).At(int.Parse(value, CultureInfo.InvariantCulture));
        var context = new MLContext(seed: 1);
        using var model = context.Model.LoadRnn(zip, out _, RnnDevice.Cpu, point.Threads);
        var scored = model.Transform(point.ScoringView(context));
        var column = scored.Schema["Score"];
        using var cursor = scored.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> score = default;
        long live = 0;
        for (var row = 0; cursor.MoveNext(); row++)
        {
            getter(ref score);
            if (row % (point.Rows / Samples) == 0)
            {
                live = Math.Max(live, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        return [PeakMemory.Megabytes(), live / (1024.0 * 1024.0)];
    }
}

namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>Trains a network for a few minibatches in a child process and saves it.</summary>
internal static class FitMemoryTask
{
    public const string Name = "growth-fit";

    private const int Minibatches = 2;

    /// <summary>Returns the peak memory of training, in megabytes. The rows are streamed, so that those of the table do not count.</summary>
    public static double[] Run(string dimension, string value, string zip)
    {
        var point = GrowthDimension.Named(dimension).At(int.Parse(value, CultureInfo.InvariantCulture));
        var context = new MLContext(seed: 1);
        var rows = point.TrainingView(context);
        var options = point.Options with { Epochs = 1, MaxSteps = Minibatches, CacheRows = CacheRows.None };
        using var model = context.Transforms.RnnClassifier(options).Fit(rows);
        var peak = PeakMemory.Megabytes();
        model.SaveTo(zip, rows.Schema);
        return [peak];
    }
}

namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>Measures the memory of training and of scoring, each in a process of its own, and the size of the saved zip.</summary>
internal static class GrowthMemoryContest
{
    public const string FitPeak = "fit-peak";
    public const string TransformPeak = "transform-peak";
    public const string TransformLive = "transform-live";
    public const string Zip = "zip";

    public static Contest Create(GrowthDimension dimension)
    {
        var fits = dimension.Quantities.Contains(GrowthQuantity.Fit);
        var scores = dimension.Quantities.Contains(GrowthQuantity.Transform);
        string[] ofFit = fits ? [FitPeak] : [];
        string[] ofTransform = scores ? [TransformPeak, TransformLive, Zip] : [];
        return new Contest(
            dimension.Name,
            [.. ofFit.Concat(ofTransform).Select(name => new Metric(name, "MB", MoreIsBetter: false, GrowthDimension.Text(dimension.Baseline)))],
            [.. dimension.Values.Select(value => new Contender(GrowthDimension.Text(value), _ => Measure(value)) { MaxRounds = 1 })])
        {
            WarmUp = false,
        };

        double[] Measure(int value)
        {
            var zip = Path.GetTempFileName();
            try
            {
                // Training also saves the network that is then scored.
                var fit = Run(FitMemoryTask.Name, value, zip);
                double[] transform = scores ? [.. Run(TransformMemoryTask.Name, value, zip), new FileInfo(zip).Length / (1024.0 * 1024.0)] : [];
                return [.. fits ? fit : [], .. transform];
            }
            finally
            {
                File.Delete(zip);
            }
        }

        double[] Run(string task, int value, string zip) =>
            ChildTask.RunInFreshProcess($"{task}/{dimension.Name}/{GrowthDimension.Text(value)}/{zip}");
    }
}

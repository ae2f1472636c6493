namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Eight steps of four pixels with a bar of ink and noise: which third the bar is in is the class.</summary>
public sealed class Bar
{
    public const int Steps = 8;
    public const int Width = 4;

    [VectorType(Steps * Width)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public static IDataView View(int count, int seed = 1) => new MLContext().Data.LoadFromEnumerable(Rows(count, seed));

    public static Bar[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var features = new float[Steps * Width];
            for (int j = 0; j < features.Length; j++)
            {
                features[j] = 0.8f * random.NextSingle();
            }

            int step = random.Next(Steps);
            features.AsSpan(step * Width, Width).Fill(1);
            return new Bar { Features = features, Label = step < 3 ? "top" : step < 5 ? "middle" : "bottom" };
        })];
    }
}

namespace Rnn.MLNet.Benchmarks.Pixels;

/// <summary>An order in which the pixels of an image are read.</summary>
/// <param name="Name">The name of the order.</param>
/// <param name="Places">The place in the image of the pixel that each time step reads.</param>
internal sealed record PixelOrder(string Name, IReadOnlyList<int> Places)
{
    /// <summary>The permutation is the same in every run, as in the literature, where each paper has its own.</summary>
    private const int PermutationSeed = 92_916;

    private const int Pixels = LabelledSequence.Side * LabelledSequence.Side;

    /// <summary>Row by row.</summary>
    public static PixelOrder Plain { get; } = new("plain", [.. Enumerable.Range(0, Pixels)]);

    /// <summary>In a fixed random order, so that neighbours are far apart in time.</summary>
    public static PixelOrder Permuted { get; } = new("permuted", Shuffled());

    public float[] Apply(float[] image) => [.. Places.Select(place => image[place])];

    private static int[] Shuffled()
    {
        var places = Enumerable.Range(0, Pixels).ToArray();
        new Random(PermutationSeed).Shuffle(places);
        return places;
    }
}

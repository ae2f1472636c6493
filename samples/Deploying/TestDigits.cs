namespace Deploying;

/// <summary>The first digits of the test images.</summary>
internal static class TestDigits
{
    public const int Side = 28;
    public const int Pixels = Side * Side;

    /// <summary>Reads the features and the label of each digit.</summary>
    /// <param name="folder">The folder of the four IDX files.</param>
    /// <param name="count">The number of digits, at most 10,000.</param>
    public static (float[][] Features, byte[] Labels) Read(string folder, int count)
    {
        var images = IdxFile.Read(Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), dimensions: 3);
        var labels = IdxFile.Read(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"), dimensions: 1);
        var features = images.Elements.Chunk(Pixels).Take(count).Select(pixels => Array.ConvertAll(pixels, pixel => pixel / 255f));
        return ([.. features], [.. labels.Elements.Take(count)]);
    }
}

namespace Rnn.MLNet.Tests.Images;

/// <summary>The values that a pixel gives.</summary>
public sealed class PixelValueTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Grey_goes_from_0_to_1()
    {
        using var image = Paint.Numbered(16, 16);

        var values = Values(image, ImageColors.Grayscale);

        Assert.Equal(0, values[0]);
        Assert.Equal(1, values[255]);
        Assert.All(values, (value, i) => Assert.Equal(i / 255f, value, 1e-6f));
    }

    [Fact]
    public void Grey_weighs_the_colours()
    {
        using var image = Paint.Color(1, 4, (_, x) => (x == 0 ? 200 : 0, x == 1 ? 200 : 0, x == 2 ? 200 : 0));

        var values = Values(image, ImageColors.Grayscale);

        // A grey has 256 levels.
        Assert.Equal(0.30 * 200 / 255, values[0], 1.0 / 255);
        Assert.Equal(0.59 * 200 / 255, values[1], 1.0 / 255);
        Assert.Equal(0.11 * 200 / 255, values[2], 1.0 / 255);
        Assert.Equal(0, values[3]);
    }

    [Fact]
    public void Colours_go_from_0_to_1()
    {
        using var image = Paint.Color(1, 2, (_, x) => x == 0 ? (255, 0, 51) : (0, 255, 0));

        Assert.All(Values(image, ImageColors.Rgb).Zip([1, 0, 0.2f, 0, 1, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Theory]
    [InlineData(ImageColors.Grayscale)]
    [InlineData(ImageColors.Rgb)]
    public void Transparent_pixels_are_black(ImageColors colors)
    {
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, [0, 0, 0, 0, 255, 255, 255, 255]);

        var values = Values(image, colors);

        Assert.All(values[..(values.Length / 2)], value => Assert.Equal(0, value));
        Assert.All(values[(values.Length / 2)..], value => Assert.Equal(1, value));
    }

    [Fact]
    public void A_file_gives_the_pixels_that_were_saved()
    {
        using var file = new TemporaryFile(".png");
        using (var image = Paint.Numbered(16, 16))
        {
            image.Save(file.Path);
        }

        var data = _context.Transforms.LoadImages("Image", null, "Path")
            .Append(_context.Transforms.ImageToSequence("Image"))
            .Fit(Files(file.Path)).Transform(Files(file.Path));

        Assert.Equal(
            string.Join(" | ", Enumerable.Range(0, 256).Chunk(16).Select(row => string.Join(' ', row))),
            Assert.Single(SequenceText.Of(data, "Image")));
    }

    private IDataView Files(string path) => _context.Data.LoadFromEnumerable([new ImageFile { Path = path }]);

    private float[] Values(MLImage image, ImageColors colors)
    {
        var data = new ImageView(image);
        return _context.Transforms.ImageToSequence("Features", "Image", colors: colors).Fit(data).Transform(data).GetColumn<float[]>("Features").Single();
    }
}

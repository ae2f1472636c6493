namespace Rnn.MLNet.Tests.Images;

/// <summary>Options that are out of range, or that do not fit each other or the images, are refused in words that name them.</summary>
public sealed class ImageOptionTests
{
    private static readonly ImageToSequenceOptions Usual = new();

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<ImageToSequenceOptions, string> OutOfRange => new()
    {
        { Usual with { OutputColumnName = "" }, "OutputColumnName must be a column name; it is an empty string." },
        { Usual with { InputColumnName = null! }, "InputColumnName must be a column name; it is null." },
        { Usual with { Colors = (ImageColors)7 }, "Colors must be one of Grayscale, Rgb; it is 7." },
        { Usual with { Resizing = (ImageResizingEstimator.ResizingKind)9 }, "Resizing must be one of IsoPad, IsoCrop, Fill; it is 9." },
        { Usual with { CropAnchor = (ImageResizingEstimator.Anchor)9 }, "CropAnchor must be one of Right, Left, Top, Bottom, Center; it is 9." },
        { Usual with { ImageHeight = 0, ImageWidth = 3 }, "ImageHeight must be at least 1, or null; it is 0." },
        { Usual with { ImageHeight = 3, ImageWidth = -1 }, "ImageWidth must be at least 1, or null; it is -1." },
        { Usual with { ImageHeight = 3 }, "ImageWidth must be given together with ImageHeight; it is null." },
        { Usual with { ImageWidth = 3 }, "ImageWidth must be null unless ImageHeight is given; it is 3." },
        { Usual with { ImageHeight = 65_536, ImageWidth = 65_536 }, "ImageWidth must be at most 536870911 divided by ImageHeight, which is 65536; it is 65536." },
        { Usual with { Permutation = [] }, "Permutation.Count must be from 1 to 16777216; it is 0." },
        { Usual with { Permutation = [0, 1, 3] }, "Permutation[2] must be from 0 to 2, the number of a time step counted from 0; it is 3." },
        { Usual with { Permutation = [0, -1] }, "Permutation[1] must be from 0 to 1, the number of a time step counted from 0; it is -1." },
        { Usual with { Permutation = [2, 0, 1, 0] }, "Permutation[3] must be a step that does not occur before; Permutation[1] is the same; it is 0." },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_value_out_of_range_is_named(ImageToSequenceOptions options, string expected)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.ImageToSequence(options));

        Assert.StartsWith(expected, exception.Message);
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>("options", () => _context.Transforms.ImageToSequence(options: null!));
        Assert.Throws<ArgumentNullException>("Layout", () => _context.Transforms.ImageToSequence(Usual with { Layout = null! }));
        Assert.Throws<ArgumentNullException>("catalog", () => RnnImageCatalog.ImageToSequence(null!, Usual));
        Assert.Throws<ArgumentNullException>("catalog", () => RnnImageCatalog.ImageToSequence(null!, "Features"));
        var estimator = _context.Transforms.ImageToSequence(Usual);
        Assert.Throws<ArgumentNullException>("input", () => estimator.Fit(null!));
        Assert.Throws<ArgumentNullException>("inputSchema", () => estimator.GetOutputSchema(null!));
        var model = estimator.Fit(new ImageView(Paint.Numbered(2, 3)));
        Assert.Throws<ArgumentNullException>("input", () => model.Transform(null!));
        Assert.Throws<ArgumentNullException>("inputSchema", () => model.GetOutputSchema(null!));
        Assert.Throws<ArgumentNullException>("inputSchema", () => model.GetRowToRowMapper(null!));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, -1)]
    public void A_patch_has_pixels(int height, int width)
    {
        Assert.Throws<ArgumentOutOfRangeException>(height < 1 ? "height" : "width", () => SequenceLayout.Patches(height, width));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(2, 4)]
    [InlineData(8, 6)]
    public void Patches_must_divide_the_images(int height, int width)
    {
        var options = Usual with { Layout = SequenceLayout.Patches(height, width) };
        var expected = $"The images of the column 'Image' cannot be cut into whole patches: Layout is Patches({height}, {width}) (height, width), the images have 4 × 6 pixels (height × width).";

        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => _context.Transforms.ImageToSequence(options with { ImageHeight = 4, ImageWidth = 6 })).Message);
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => _context.Transforms.ImageToSequence(options).Fit(new ImageView(Paint.Numbered(4, 6)))).Message);
    }

    [Fact]
    public void A_permutation_must_have_a_place_for_each_step()
    {
        var options = Usual with { Permutation = [2, 0, 1] };
        const string Expected = "Permutation must have one place for each time step, 4 with the layout Rows of images of 4 × 6 pixels (height × width) in the column 'Image'; it has 3.";

        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => _context.Transforms.ImageToSequence(options with { ImageHeight = 4, ImageWidth = 6 })).Message);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => _context.Transforms.ImageToSequence(options).Fit(new ImageView(Paint.Numbered(4, 6)))).Message);
    }

    [Fact]
    public void A_permutation_that_is_changed_later_does_not_change_the_estimator()
    {
        int[] permutation = [1, 0];
        var estimator = _context.Transforms.ImageToSequence("Features", "Image", permutation: permutation);

        permutation[0] = 0;

        var data = new ImageView(Paint.Numbered(2, 2));
        Assert.Equal(["2 3 | 0 1"], SequenceText.Of(estimator.Fit(data).Transform(data)));
    }

    [Fact]
    public void The_options_have_the_usual_columns()
    {
        var data = new ImageView(Paint.Numbered(2, 3));

        Assert.Equal(["0 1 2 | 3 4 5"], SequenceText.Of(_context.Transforms.ImageToSequence(Usual).Fit(data).Transform(data), "Features"));
    }
}

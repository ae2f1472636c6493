namespace Rnn.MLNet.Tests.Images;

/// <summary>Where the size of the images comes from, and what happens to images of another one.</summary>
public sealed class ImageSizeTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void The_first_image_gives_the_size()
    {
        var data = new ImageView(Paint.Numbered(4, 6), Paint.Numbered(2, 3));

        var model = _context.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Columns, colors: ImageColors.Rgb).Fit(data);

        Assert.Equal((4, 6), (model.ImageHeight, model.ImageWidth));
        Assert.Equal((6, 12), (model.TimeSteps, model.Features));
        Assert.Equal(1, data.Reads);
        Assert.Equal(0, data.Open);
    }

    [Fact]
    public void The_type_of_the_column_gives_the_size()
    {
        // An image of another size shows that none is read.
        var data = Picture.View(_context, Paint.Numbered(2, 3));

        var model = _context.Transforms.ImageToSequence("Features", "Image").Fit(data);

        Assert.Equal((Picture.Height, Picture.Width), (model.ImageHeight, model.ImageWidth));
        var exception = Assert.Throws<InvalidOperationException>(() => SequenceText.Of(model.Transform(data)));
        Assert.Equal(
            "The image column 'Image' must hold images of 4 × 6 pixels (height × width) in every row; row 0 (counted from 0) holds one of 2 × 3 pixels (height × width)."
            + " To resize all images, set ImageHeight and ImageWidth.",
            exception.Message);
    }

    [Fact]
    public void A_requested_size_comes_before_all_others()
    {
        var data = Picture.View(_context, Paint.Numbered(4, 6));
        var unread = new ImageView(Paint.Numbered(4, 6));
        var estimator = _context.Transforms.ImageToSequence("Features", "Image", imageHeight: 2, imageWidth: 3);

        Assert.Equal((2, 3), (estimator.Fit(data).ImageHeight, estimator.Fit(data).ImageWidth));
        Assert.Equal((2, 3), (estimator.Fit(unread).TimeSteps, estimator.Fit(unread).Features));
        Assert.Equal(0, unread.Reads);
    }

    [Fact]
    public void Images_of_any_size_are_resized_on_request()
    {
        // Each pixel of the small image is a block of the large ones.
        MLImage Blocks(int side) => Paint.Gray(2 * side, 3 * side, (y, x) => 50 * (y / side) + x / side);
        var data = new ImageView(Blocks(1), Blocks(4), Blocks(7));
        var options = new ImageToSequenceOptions { ImageHeight = 2, ImageWidth = 3, Resizing = ImageResizingEstimator.ResizingKind.Fill };

        var sequences = SequenceText.Of(_context.Transforms.ImageToSequence(options).Fit(data).Transform(data));

        Assert.Equal(["0 1 2 | 50 51 52", "0 1 2 | 50 51 52", "0 1 2 | 50 51 52"], sequences);
    }

    [Theory]
    [InlineData(ImageResizingEstimator.Anchor.Left, "10 10 | 10 10")]
    [InlineData(ImageResizingEstimator.Anchor.Right, "200 200 | 200 200")]
    public void Images_are_cropped_at_the_anchor(ImageResizingEstimator.Anchor anchor, string expected)
    {
        Assert.Equal([expected], Resized(80, new ImageToSequenceOptions { CropAnchor = anchor }));
    }

    [Fact]
    public void Images_are_stretched_or_padded_on_request()
    {
        var stretched = Resized(80, new ImageToSequenceOptions { Resizing = ImageResizingEstimator.ResizingKind.Fill });
        var padded = Resized(40, new ImageToSequenceOptions { Resizing = ImageResizingEstimator.ResizingKind.IsoPad });

        Assert.Equal(["10 200 | 10 200"], stretched);
        // Of two rows, the image takes one.
        Assert.EndsWith(" | 0 0", Assert.Single(padded));
        Assert.False(padded[0].StartsWith("0 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_size_is_refused_with_its_row_and_file()
    {
        var odd = Paint.Numbered(6, 4);
        odd.Tag = "digits/odd.png";
        var data = new ImageView(Paint.Numbered(4, 6), Paint.Numbered(4, 6), odd);
        var model = _context.Transforms.ImageToSequence("Features", "Image").Fit(data);

        var exception = Assert.Throws<InvalidOperationException>(() => SequenceText.Of(model.Transform(data)));

        Assert.Equal(
            "The image column 'Image' must hold images of 4 × 6 pixels (height × width) in every row; row 2 (counted from 0) holds one of 6 × 4 pixels (height × width), 'digits/odd.png'."
            + " To resize all images, set ImageHeight and ImageWidth.",
            exception.Message);
    }

    [Fact]
    public void A_type_that_announces_another_size_is_refused_before_a_row_is_read()
    {
        var model = _context.Transforms.ImageToSequence("Features", "Image").Fit(new ImageView(Paint.Numbered(2, 3)));
        var data = Picture.View(_context, Paint.Numbered(4, 6));
        const string Expected = "must hold images of 2 × 3 pixels (height × width), as in Fit; its type Image<4, 6> announces 4 × 6 pixels (height × width).";

        Assert.Contains(Expected, Assert.Throws<ArgumentException>(() => model.Transform(data)).Message);
        Assert.Contains(Expected, Assert.Throws<ArgumentException>(() => model.GetOutputSchema(data.Schema)).Message);
        Assert.Contains(Expected, Assert.Throws<ArgumentException>(() => model.GetRowToRowMapper(data.Schema)).Message);

        var resizing = _context.Transforms.ImageToSequence("Features", "Image", imageHeight: 2, imageWidth: 3).Fit(data);
        Assert.Equal(2, Assert.IsType<VectorDataViewType>(resizing.GetOutputSchema(data.Schema)["Features"].Type).Dimensions[0]);
    }

    [Fact]
    public void Without_rows_there_is_no_size()
    {
        var none = new ImageView();

        var exception = Assert.Throws<InvalidOperationException>(() => _context.Transforms.ImageToSequence("Features", "Image").Fit(none));
        var model = _context.Transforms.ImageToSequence("Features", "Image", imageHeight: 2, imageWidth: 3).Fit(none);

        Assert.Equal("The size of the images in the column 'Image' is unknown, and there is no row to take it from: set ImageHeight and ImageWidth.", exception.Message);
        Assert.Equal(0, none.Open);
        Assert.Empty(SequenceText.Of(model.Transform(none)));
    }

    /// <summary>Resizes an image whose left half is dark to 2 × 2.</summary>
    private List<string> Resized(int width, ImageToSequenceOptions options)
    {
        var data = new ImageView(Paint.Gray(20, width, (_, x) => x < width / 2 ? 10 : 200));
        return SequenceText.Of(_context.Transforms.ImageToSequence(options with { ImageHeight = 2, ImageWidth = 2 }).Fit(data).Transform(data));
    }
}

namespace Rnn.MLNet.Tests.Images;

/// <summary>The images of the user's rows stay whole, whatever reads them.</summary>
public sealed class ImageOwnershipTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<ImageColors, int?> Cases => new()
    {
        { ImageColors.Grayscale, null },
        { ImageColors.Rgb, null },
        { ImageColors.Grayscale, Picture.Height },
        { ImageColors.Rgb, Picture.Height },
        { ImageColors.Grayscale, 2 },
        { ImageColors.Rgb, 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Views_and_engines_leave_them_whole(ImageColors colors, int? height)
    {
        MLImage[] images = [.. Enumerable.Range(0, 3).Select(image => Paint.Gray(Picture.Height, Picture.Width, (y, x) => 10 * y + x + image))];
        var data = Picture.View(_context, images);
        var estimator = _context.Transforms.ImageToSequence("Features", "Image", colors: colors, imageHeight: height, imageWidth: height is null ? null : Picture.Width);

        var model = estimator.Fit(data);
        var first = SequenceText.Of(model.Transform(data));
        var second = SequenceText.Of(model.Transform(data));
        List<float[]> single;
        using (var engine = _context.Model.CreatePredictionEngine<Picture, Sequence>(model))
        {
            // An image may be asked about again.
            single = [.. images.Concat(images).Select(image => engine.Predict(new Picture { Image = image }).Features)];
        }

        Assert.Equal(first, second);
        Assert.Equal(model.Transform(data).GetColumn<float[]>("Features").Concat(model.Transform(data).GetColumn<float[]>("Features")), single);
        Assert.All(images, image => Assert.Equal(Picture.Height, image.Height));
    }

    [Fact]
    public void A_loaded_model_can_be_asked_about_an_image_again()
    {
        using var file = new TemporaryFile(".zip");
        using var image = Paint.Numbered(Picture.Height, Picture.Width);
        var data = Picture.View(_context, image);
        _context.Model.Save(_context.Transforms.ImageToSequence("Features", "Image").Fit(data), data.Schema, file.Path);
        using var engine = _context.Model.CreatePredictionEngine<Picture, Sequence>(_context.Model.Load(file.Path, out _));

        // ResizeImages, by itself, passes on an image of the right size and disposes of it when it reads the next.
        var answers = Enumerable.Range(0, 3).Select(_ => engine.Predict(new Picture { Image = image }).Features).ToList();

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[0], answers[2]);
    }

    [Fact]
    public void The_image_itself_can_be_read_beside_its_sequence()
    {
        var images = Enumerable.Range(0, 3).Select(image => Paint.Gray(2, 3, (_, _) => image)).ToArray();
        var data = new ImageView(images);
        var view = _context.Transforms.ImageToSequence("Features", "Image").Fit(data).Transform(data);

        using var cursor = view.GetRowCursor(view.Schema);
        var read = cursor.GetGetter<MLImage>(view.Schema["Image"]);
        var features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        MLImage current = null!;
        VBuffer<float> values = default;
        foreach (var image in images)
        {
            Assert.True(cursor.MoveNext());
            read(ref current);
            features(ref values);
            Assert.Same(image, current);
            // The same again: a getter can be called repeatedly.
            var before = values.DenseValues().ToArray();
            features(ref values);
            Assert.Equal(before, values.DenseValues());
        }

        Assert.False(cursor.MoveNext());
    }
}

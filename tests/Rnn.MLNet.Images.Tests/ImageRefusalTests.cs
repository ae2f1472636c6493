using Rnn.MLNet.Tests.EstimatorContract;

namespace Rnn.MLNet.Tests.Images;

/// <summary>Columns that hold no images, and rows whose image is missing or cannot be read, are refused in words that name them.</summary>
public sealed class ImageRefusalTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-files-");

    public ImageRefusalTests()
    {
        using var image = Paint.Numbered(4, 6);
        image.Save(Path("whole.png"));
        var bytes = File.ReadAllBytes(Path("whole.png"));
        File.WriteAllBytes(Path("empty.png"), []);
        File.WriteAllText(Path("text.png"), "This is not an image.");
        // The checksum of the size no longer holds.
        bytes[20] ^= 0x55;
        File.WriteAllBytes(Path("damaged.png"), bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("missing.png")]
    [InlineData("empty.png")]
    [InlineData("text.png")]
    [InlineData("damaged.png")]
    public void A_file_that_cannot_be_read_is_named(string name)
    {
        var data = Load("whole.png", "whole.png", name, "whole.png");
        var model = _context.Transforms.ImageToSequence("Features", "Image").Fit(data);

        var exception = Assert.Throws<InvalidOperationException>(() => SequenceText.Of(model.Transform(data)));

        Assert.StartsWith($"The image column 'Image' cannot be read in row 2 (counted from 0), whose Path is '{name}', Label is 'x': ", exception.Message);
        Assert.EndsWith("the file must exist and be complete, in a format such as PNG or JPEG.", exception.Message);
        Assert.NotNull(exception.InnerException);
    }

    [Fact]
    public void The_first_file_is_named_by_Fit()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _context.Transforms.ImageToSequence("Features", "Image").Fit(Load("damaged.png")));

        Assert.StartsWith("The image column 'Image' cannot be read in row 0 (counted from 0), whose Path is 'damaged.png', Label is 'x': ", exception.Message);
    }

    [Fact]
    public void A_single_row_names_its_file()
    {
        var pipeline = _context.Transforms.LoadImages("Image", _folder.FullName, "Path").Append(_context.Transforms.ImageToSequence("Features", "Image"));
        using var engine = _context.Model.CreatePredictionEngine<ImageFile, Sequence>(pipeline.Fit(Rows("whole.png")));

        Assert.Equal(24, engine.Predict(new ImageFile { Path = "whole.png" }).Features.Length);
        var exception = Assert.Throws<InvalidOperationException>(() => engine.Predict(new ImageFile { Path = "damaged.png" }));

        Assert.Contains("whose Path is 'damaged.png'", exception.Message);
    }

    [Fact]
    public void The_path_is_named_even_where_the_image_has_its_name()
    {
        var rows = Rows("whole.png", "damaged.png");
        var data = _context.Transforms.LoadImages("Path", _folder.FullName, "Path").Fit(rows).Transform(rows);
        var model = _context.Transforms.ImageToSequence("Features", "Path").Fit(data);

        var exception = Assert.Throws<InvalidOperationException>(() => SequenceText.Of(model.Transform(data)));

        Assert.Contains("row 1 (counted from 0), whose Path is 'damaged.png'", exception.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_row_without_an_image_is_named(string? path)
    {
        var data = Load("whole.png", path);
        var model = _context.Transforms.ImageToSequence("Features", "Image").Fit(data);

        var exception = Assert.Throws<InvalidOperationException>(() => SequenceText.Of(model.Transform(data)));

        Assert.Equal(
            "The image column 'Image' must hold an image in every row; row 1 (counted from 0) holds none (null), whose Label is 'x'. LoadImages gives none for an empty path.",
            exception.Message);
    }

    [Fact]
    public void An_image_that_has_been_disposed_of_is_named()
    {
        var (first, second) = (Paint.Numbered(4, 6), Paint.Numbered(4, 6));
        var data = new ImageView(first, second);
        var model = _context.Transforms.ImageToSequence("Features", "Image").Fit(data);
        second.Dispose();

        var exception = Assert.Throws<InvalidOperationException>(() => SequenceText.Of(model.Transform(data)));

        Assert.Equal("The image column 'Image' holds an image in row 1 (counted from 0) that has been disposed of.", exception.Message);
    }

    public static TheoryData<string, string, string, string> Columns => new()
    {
        { "Path", "String", "String", " To read the files that it names, put mlContext.Transforms.LoadImages(\"Image\", folder, \"Path\") before, and use \"Image\"." },
        { "Numbers", "Vector<Single, 4>", "Vector of Single", " Pixels need no conversion: RnnClassifier reads a vector of time steps × features." },
        { "Bytes", "Vector<Byte>", "VariableVector of Byte", " If these are the bytes of files, as LoadRawImageBytes reads them, use LoadImages instead." },
        { "Weight", "Single", "Single", "" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_without_images_is_refused(string column, string type, string announcedType, string advice)
    {
        var data = _context.Data.LoadFromEnumerable([new Row()]);
        var estimator = _context.Transforms.ImageToSequence("Features", column);
        var model = _context.Transforms.ImageToSequence("Features", column, imageHeight: 4, imageWidth: 6).Fit(Images(column));
        string Expected(string shown) => $"The image column '{column}' must hold images (MLImage); it is {shown}.{advice}";

        Assert.Equal(Expected(type), Assert.Throws<ArgumentException>(() => estimator.Fit(data)).Message);
        Assert.Equal(Expected(type), Assert.Throws<ArgumentException>(() => model.Transform(data)).Message);
        Assert.Equal(Expected(announcedType), Assert.Throws<ArgumentException>(() => estimator.GetOutputSchema(SchemaShapeProbe.Of(data))).Message);
    }

    [Fact]
    public void A_missing_column_is_refused()
    {
        var data = _context.Data.LoadFromEnumerable([new Row()]);
        var estimator = _context.Transforms.ImageToSequence("Features", "Picture");
        const string Expected = "The image column 'Picture' is not in the data, which has 'Path', 'Numbers', 'Bytes', 'Weight'.";

        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => estimator.Fit(data)).Message);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => estimator.GetOutputSchema(SchemaShapeProbe.Of(data))).Message);
        var model = estimator.Fit(Images("Picture"));
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => model.Transform(data)).Message);
    }

    private IDataView Load(params string?[] paths)
    {
        var rows = Rows(paths);
        return _context.Transforms.LoadImages("Image", _folder.FullName, "Path").Fit(rows).Transform(rows);
    }

    private IDataView Rows(params string?[] paths) => _context.Data.LoadFromEnumerable(paths.Select(path => new ImageFile { Path = path, Label = "x" }).ToList());

    /// <summary>Images in a column of another name.</summary>
    private IDataView Images(string column)
    {
        var image = Picture.View(_context, Paint.Numbered(4, 6));
        return _context.Transforms.CopyColumns(column, nameof(Picture.Image)).Fit(image).Transform(image);
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private sealed class Row
    {
        public string Path { get; set; } = "a.png";

        [VectorType(4)]
        public float[] Numbers { get; set; } = new float[4];

        public byte[] Bytes { get; set; } = [];

        public float Weight { get; set; }
    }
}

using System.IO.Compression;
using Google.Protobuf;
using Rnn.MLNet.Images;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Tests.Images;

/// <summary>The saved transformer consists of ML.NET's own and computes the same.</summary>
public sealed class SavedSequenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("saved-sequences-");
    private readonly MLContext _context;
    private readonly string _zip;

    public SavedSequenceTests()
    {
        _context = new MLContext(seed: 1) { TempFilePath = _folder.FullName };
        _zip = Path.Combine(_folder.FullName, "model.zip");
    }

    public static TheoryData<SequenceLayout, ImageColors, bool> Cases
    {
        get
        {
            var cases = new TheoryData<SequenceLayout, ImageColors, bool>();
            foreach (var layout in (SequenceLayout[])[SequenceLayout.Rows, SequenceLayout.Columns, SequenceLayout.Pixels, SequenceLayout.Patches(2, 3), SequenceLayout.Patches(4, 6)])
            {
                cases.Add(layout, ImageColors.Grayscale, false);
                cases.Add(layout, ImageColors.Rgb, true);
            }

            return cases;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_loaded_model_gives_the_same_sequences(SequenceLayout layout, ImageColors colors, bool permuted)
    {
        var data = new ImageView(Images(5));
        var steps = _context.Transforms.ImageToSequence("Features", "Image", layout).Fit(data).TimeSteps;
        var order = Enumerable.Range(0, steps).ToArray();
        new Random(3).Shuffle(order);
        var model = _context.Transforms.ImageToSequence("Features", "Image", layout, permuted ? order : null, colors).Fit(data);

        var loaded = Reloaded(model, data);

        var (here, there) = (model.Transform(data), loaded.Transform(new ImageView(Images(5))));
        Assert.Equal(here.Schema["Features"].Type, there.Schema["Features"].Type);
        Assert.Equal([steps, 24 * (colors == ImageColors.Rgb ? 3 : 1) / steps], ((VectorDataViewType)here.Schema["Features"].Type).Dimensions);
        Assert.Equal(here.GetColumn<float[]>("Features"), there.GetColumn<float[]>("Features"));
        Assert.Equal(here.Schema.Select(column => column.Name), there.Schema.Select(column => column.Name));
    }

    [Theory]
    [InlineData(ImageColors.Grayscale)]
    [InlineData(ImageColors.Rgb)]
    public void Resized_images_are_the_same(ImageColors colors)
    {
        foreach (var resizing in Enum.GetValues<ImageResizingEstimator.ResizingKind>())
        {
            var options = new ImageToSequenceOptions { ImageHeight = 3, ImageWidth = 5, Resizing = resizing, CropAnchor = ImageResizingEstimator.Anchor.Top, Colors = colors };
            MLImage[] Sizes() => [.. Images(2), Paint.Numbered(9, 7), Paint.Numbered(3, 5), Paint.Numbered(2, 30)];
            var data = new ImageView(Sizes());
            var model = _context.Transforms.ImageToSequence(options).Fit(data);

            var loaded = Reloaded(model, data);

            Assert.Equal(SequenceText.Of(model.Transform(data)), SequenceText.Of(loaded.Transform(new ImageView(Sizes()))));
        }
    }

    [Fact]
    public void A_loaded_model_resizes_where_the_fitted_one_refuses()
    {
        var options = new ImageToSequenceOptions { Resizing = ImageResizingEstimator.ResizingKind.Fill };
        var model = _context.Transforms.ImageToSequence(options).Fit(new ImageView(Images(1)));
        var requested = _context.Transforms.ImageToSequence(options with { ImageHeight = 4, ImageWidth = 6 }).Fit(new ImageView(Images(1)));
        var other = new ImageView(Paint.Gray(8, 12, (y, x) => 10 * (y / 2) + x / 2));

        var loaded = Reloaded(model, other);

        Assert.Throws<InvalidOperationException>(() => SequenceText.Of(model.Transform(other)));
        string[] expected = ["0 1 2 3 4 5 | 10 11 12 13 14 15 | 20 21 22 23 24 25 | 30 31 32 33 34 35"];
        Assert.Equal(expected, SequenceText.Of(requested.Transform(other)));
        Assert.Equal(expected, SequenceText.Of(loaded.Transform(other)));
    }

    [Fact]
    public void A_loaded_model_reads_a_missing_image_as_black()
    {
        var data = new ImageView(Images(1));
        var loaded = Reloaded(_context.Transforms.ImageToSequence("Features", "Image").Fit(data), data);

        Assert.Equal(["0 0 0 0 0 0 | 0 0 0 0 0 0 | 0 0 0 0 0 0 | 0 0 0 0 0 0"], SequenceText.Of(loaded.Transform(new ImageView((MLImage?)null))));
    }

    [Theory]
    [InlineData("Image")]
    [InlineData("Number")]
    public void The_sequence_can_take_the_name_of_another_column(string name)
    {
        var data = new ImageView(Images(2));
        var model = _context.Transforms.ImageToSequence(name, "Image").Fit(data);

        var loaded = Reloaded(model, data);

        Assert.Equal(SequenceText.Of(model.Transform(data), name), SequenceText.Of(loaded.Transform(new ImageView(Images(2))), name));
    }

    [Fact]
    public void The_file_holds_transformers_of_the_framework_alone()
    {
        var data = new ImageView(Images(1));

        var loaded = (TransformerChain<ITransformer>)Reloaded(_context.Transforms.ImageToSequence("Features", "Image").Fit(data), data);

        Assert.Equal(
            ["ImageGrayscalingTransformer", "ImageResizingTransformer", "ImagePixelExtractingTransformer", "OnnxTransformer", "ColumnSelectingTransformer"],
            loaded.Select(step => step.GetType().Name));
    }

    [Fact]
    public void Saving_leaves_no_temporary_file()
    {
        var data = new ImageView(Images(1));
        var model = _context.Transforms.ImageToSequence("Features", "Image", SequenceLayout.Columns).Fit(data);

        using (var saved = new SavedSequence(Spec(), _folder.FullName))
        {
            Assert.Equal("steps.onnx", Assert.Single(_folder.GetFiles("*", SearchOption.AllDirectories)).Name);
        }

        _context.Model.Save(model, data.Schema, _zip);

        Assert.Equal(["model.zip"], _folder.GetFileSystemInfos().Select(file => file.Name));
    }

    [Fact]
    public void A_chain_that_cannot_be_made_leaves_no_file()
    {
        // ML.NET refuses an empty name.
        Assert.ThrowsAny<Exception>(() => new SavedSequence(Spec() with { Output = "" }, _folder.FullName));

        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_damaged_permutation_is_noticed()
    {
        var data = new ImageView(Images(1));
        _context.Model.Save(_context.Transforms.ImageToSequence("Features", "Image", permutation: [3, 1, 0, 2]).Fit(data), data.Schema, _zip);
        using (var zip = ZipFile.Open(_zip, ZipArchiveMode.Update))
        {
            using var content = zip.Entries.Single(entry => entry.FullName.EndsWith("OnnxModel", StringComparison.Ordinal)).Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            var bytes = copy.ToArray();
            // ML.NET writes the length before the model.
            var model = ModelProto.Parser.ParseFrom(bytes, sizeof(int), bytes.Length - sizeof(int));
            var weights = model.Graph.Initializer.Single(tensor => tensor.DataType == TensorProto.Types.DataType.Float);
            var changed = weights.RawData.ToByteArray();
            // 3 becomes 2.
            BitConverter.TryWriteBytes(changed, 2f);
            weights.RawData = ByteString.CopyFrom(changed);
            model.WriteTo(bytes.AsSpan(sizeof(int)));
            content.Position = 0;
            content.Write(bytes);
        }

        var exception = Assert.ThrowsAny<Exception>(() => SequenceText.Of(_context.Model.Load(_zip, out _).Transform(data)));

        Assert.Contains("The model file is damaged", exception.ToString());
    }

    private static SequenceSpec Spec() => new(
        "Image", "Features", new ImageSize(4, 6), false, ImageColors.Grayscale, ImageResizingEstimator.ResizingKind.Fill, ImageResizingEstimator.Anchor.Center,
        SequenceLayout.Rows, []);

    private static IEnumerable<MLImage> Images(int count) => Enumerable.Range(0, count).Select(image =>
        Paint.Color(Picture.Height, Picture.Width, (y, x) => (10 * y + x + image, 100 + 20 * x + y, 255 - image - 3 * y)));

    private ITransformer Reloaded(ITransformer model, IDataView data)
    {
        _context.Model.Save(model, data.Schema, _zip);
        return new MLContext().Model.Load(_zip, out _);
    }
}

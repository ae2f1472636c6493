namespace Rnn.MLNet.Scoring;

/// <summary>
/// A batch's images. They are copied when they are read and when they are returned, because a getter disposes of the image that it
/// overwrites and a consumer may dispose of the image that it receives. ML.NET's image type is in a separate package that this library does
/// not reference, so its public members are accessed by reflection.
/// </summary>
/// <typeparam name="TImage"><c>MLImage</c>.</typeparam>
/// <typeparam name="TFormat"><c>MLPixelFormat</c>.</typeparam>
internal sealed class ImageValues<TImage, TFormat>(ValueGetter<TImage> read, int capacity) : ITypedColumnValues<TImage>
    where TImage : class, IDisposable
{
    private static readonly Func<TImage, int> Width = Getter<Func<TImage, int>>("Width");
    private static readonly Func<TImage, int> Height = Getter<Func<TImage, int>>("Height");
    private static readonly Func<TImage, TFormat> Format = Getter<Func<TImage, TFormat>>("PixelFormat");
    private static readonly Func<TImage, string?> Tag = Getter<Func<TImage, string?>>("Tag");
    private static readonly PixelGetter Pixels = Getter<PixelGetter>("Pixels");
    private static readonly Action<TImage, string?> SetTag =
        typeof(TImage).GetProperty("Tag")!.SetMethod!.CreateDelegate<Action<TImage, string?>>();
    private static readonly ImageCreator Create = typeof(TImage).GetMethod("CreateFromPixels")!.CreateDelegate<ImageCreator>();

    // In .NET 8 a span is no argument of Func.
    private delegate ReadOnlySpan<byte> PixelGetter(TImage image);

    private delegate TImage ImageCreator(int width, int height, TFormat format, ReadOnlySpan<byte> pixels);

    private readonly TImage?[] _images = new TImage?[capacity];
    private TImage? _last;

    public long Read(int row)
    {
        _images[row]?.Dispose();
        _images[row] = null;
        // This image is not disposed of here: the input does so when it reads the next one, or the image belongs to the user.
        read(ref _last!);
        _images[row] = Copy(_last);
        return _last is null ? 0 : Pixels(_last).Length;
    }

    public void Get(int row, ref TImage destination)
    {
        destination?.Dispose();
        destination = Copy(_images[row])!;
    }

    public void Dispose()
    {
        foreach (var image in _images)
        {
            image?.Dispose();
        }
    }

    private static TImage? Copy(TImage? image)
    {
        if (image is null)
        {
            return null;
        }

        var copy = Create(Width(image), Height(image), Format(image), Pixels(image));
        SetTag(copy, Tag(image));
        return copy;
    }

    private static TDelegate Getter<TDelegate>(string property)
        where TDelegate : Delegate => typeof(TImage).GetProperty(property)!.GetMethod!.CreateDelegate<TDelegate>();
}

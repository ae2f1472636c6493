namespace Rnn.MLNet.Tests.Images;

/// <summary>A row with an image of a known size: ML.NET reads no property with an image of unknown size.</summary>
internal sealed class Picture
{
    public const int Height = 4;
    public const int Width = 6;

    [ImageType(Height, Width)]
    public MLImage? Image { get; set; }

    public string Label { get; set; } = "";

    public static IDataView View(MLContext context, params IEnumerable<MLImage?> images) =>
        context.Data.LoadFromEnumerable(images.Select(image => new Picture { Image = image }).ToList());
}

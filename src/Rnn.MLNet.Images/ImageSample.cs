using Microsoft.ML.Transforms.Image;

namespace Rnn.MLNet.Images;

/// <summary>An empty view with one column of images. ML.NET's estimators need one to validate the schema, even if they have nothing to fit.</summary>
internal sealed class ImageSample
{
    /// <summary>ML.NET knows the type of the property by its attribute; the size is overridden.</summary>
    [ImageType(1, 1)]
    public MLImage? Image { get; set; }

    /// <param name="context">The context that creates the view.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="size">The size that the column's type announces; null for none.</param>
    public static IDataView View(MLContext context, string column, ImageSize? size)
    {
        var definition = SchemaDefinition.Create(typeof(ImageSample));
        definition[0].ColumnName = column;
        definition[0].ColumnType = size is { } known ? new ImageDataViewType(known.Height, known.Width) : new ImageDataViewType();
        return context.Data.LoadFromEnumerable(Array.Empty<ImageSample>(), definition);
    }
}

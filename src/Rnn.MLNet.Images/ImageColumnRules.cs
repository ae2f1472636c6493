using Microsoft.ML.Transforms.Image;
using Rnn.MLNet.Reading;

namespace Rnn.MLNet.Images;

/// <summary>The requirements on the column with the images, and advice on how to convert a column that does not meet them.</summary>
internal static class ImageColumnRules
{
    private const string Role = "image";

    /// <summary>Returns the column with the images.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = ColumnRules.Find(schema, name, Role);
        Require(ColumnDescription.Of(column));
        return column;
    }

    /// <summary>Requires that the schema has the column with the images.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold images.</exception>
    public static void Require(SchemaShape schema, string name)
    {
        var found = schema.Where(column => column.Name == name).ToList();
        if (found.Count == 0)
        {
            throw new ArgumentException(
                $"The {Role} column '{name}' is not in the data, which has {string.Join(", ", schema.Select(column => $"'{column.Name}'"))}.");
        }

        Require(ColumnDescription.Of(found[0]));
    }

    /// <summary>Returns the size that a column's type announces; null if it announces none.</summary>
    public static ImageSize? AnnouncedSize(DataViewSchema.Column column) =>
        column.Type is ImageDataViewType { Height: > 0, Width: > 0 } type ? new ImageSize(type.Height, type.Width) : null;

    private static void Require(ColumnDescription column)
    {
        if (column.IsVector || column.ItemType is not ImageDataViewType)
        {
            throw new ArgumentException($"The {Role} column '{column.Name}' must hold images (MLImage); it is {column.Type}.{Advice(column)}");
        }
    }

    private static string Advice(ColumnDescription column) => column switch
    {
        { IsVector: false, ItemType: TextDataViewType } =>
            $" To read the files that it names, put mlContext.Transforms.LoadImages(\"Image\", folder, \"{column.Name}\") before, and use \"Image\".",
        { IsVector: true } when column.ItemType == NumberDataViewType.Byte =>
            " If these are the bytes of files, as LoadRawImageBytes reads them, use LoadImages instead.",
        { IsVector: true, IsNumber: true } =>
            " Pixels need no conversion: RnnClassifier reads a vector of time steps × features.",
        _ => "",
    };
}

using System.Globalization;

namespace Rnn.MLNet.Images;

/// <summary>
/// Reads the image of a row. What it returns belongs to the source of the row, which disposes of it when the next one is read, or to the user;
/// this type never disposes of it.
/// </summary>
internal sealed class ImageReader
{
    private readonly DataViewRow _row;
    private readonly string _column;
    private readonly ImageSize? _expected;
    private readonly RowTexts _texts;
    private readonly ValueGetter<MLImage> _getter;
    private MLImage? _image;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The column with the images.</param>
    /// <param name="expected">The size of all images; null if they may have any.</param>
    public ImageReader(DataViewRow row, DataViewSchema.Column column, ImageSize? expected)
    {
        _row = row;
        _column = column.Name;
        _expected = expected;
        _texts = new RowTexts(row);
        _getter = row.GetGetter<MLImage>(column);
    }

    /// <summary>Reads the image of the current row.</summary>
    /// <exception cref="InvalidOperationException">There is no image, it cannot be read, or it has another size.</exception>
    public MLImage Read()
    {
        try
        {
            _getter(ref _image!);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"The image column '{_column}' cannot be read in {Place}{_texts}: {exception.Message.TrimEnd('.')}."
                + " If the image is that of a file, the file must exist and be complete, in a format such as PNG or JPEG.",
                exception);
        }

        if (_image is null)
        {
            throw new InvalidOperationException(
                $"The image column '{_column}' must hold an image in every row; {Place} holds none (null){_texts}. LoadImages gives none for an empty path.");
        }

        var size = SizeOf(_image);
        return _expected is null || _expected == size
            ? _image
            : throw new InvalidOperationException(
                $"The image column '{_column}' must hold images of {_expected} in every row; {Place} holds one of {size}{File}."
                + " To resize all images, set ImageHeight and ImageWidth.");
    }

    /// <summary>Reads the size of the current row's image.</summary>
    /// <exception cref="InvalidOperationException">There is no image, or it cannot be read.</exception>
    public ImageSize ReadSize() => SizeOf(Read());

    private string Place => string.Create(CultureInfo.InvariantCulture, $"row {_row.Position} (counted from 0)");

    /// <summary>LoadImages writes the path of the file into the image's tag.</summary>
    private string File => string.IsNullOrEmpty(_image!.Tag) ? $"{_texts}" : $", '{_image.Tag}'";

    private ImageSize SizeOf(MLImage image)
    {
        try
        {
            return new ImageSize(image.Height, image.Width);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"The image column '{_column}' holds an image in {Place} that has been disposed of.", exception);
        }
    }
}

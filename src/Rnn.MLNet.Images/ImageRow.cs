namespace Rnn.MLNet.Images;

/// <summary>
/// A row with one image, the input of <see cref="PixelExtractor"/>. The getter gives out copies, because ML.NET's transforms dispose of the
/// images that they read and the image may belong to the user.
/// </summary>
internal sealed class ImageRow(DataViewSchema schema) : DataViewRow
{
    private long _position = -1;
    private MLImage? _image;

    /// <summary>Sets the image, which stays the caller's.</summary>
    public void Set(MLImage image)
    {
        _image = image;
        _position++;
    }

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)(Delegate)(ValueGetter<MLImage>)Copy;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    private void Copy(ref MLImage destination)
    {
        destination?.Dispose();
        var image = _image!;
        destination = MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, image.Pixels);
    }
}

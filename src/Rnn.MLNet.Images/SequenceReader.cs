namespace Rnn.MLNet.Images;

/// <summary>Reads the sequence of a row: its image, the image's pixels, and these in the order of the time steps.</summary>
internal sealed class SequenceReader : IDisposable
{
    private readonly ImageReader _images;
    private readonly int[]? _places;
    private readonly ImageRow _image;
    private readonly DataViewRow _row;
    private readonly ValueGetter<VBuffer<float>> _getter;
    private VBuffer<float> _pixels;

    /// <param name="row">The row or cursor to read from.</param>
    /// <param name="column">The column with the images.</param>
    /// <param name="fitted">How images become sequences.</param>
    public SequenceReader(DataViewRow row, DataViewSchema.Column column, FittedSequence fitted)
    {
        _images = new ImageReader(row, column, fitted.Spec.IsResized ? null : fitted.Spec.Size);
        _places = fitted.Places;
        _image = new ImageRow(fitted.Pixels.Schema);
        _row = fitted.Pixels.Open(_image, out _getter);
    }

    /// <summary>Reads the sequence of the current row.</summary>
    /// <exception cref="InvalidOperationException">There is no image, it cannot be read, or it has the wrong size.</exception>
    public void Read(ref VBuffer<float> destination)
    {
        _image.Set(_images.Read());
        if (_places is null)
        {
            _getter(ref destination);
            return;
        }

        _getter(ref _pixels);
        var pixels = _pixels.GetValues();
        var editor = VBufferEditor.Create(ref destination, _places.Length);
        for (var i = 0; i < _places.Length; i++)
        {
            editor.Values[i] = pixels[_places[i]];
        }

        destination = editor.Commit();
    }

    public void Dispose() => _row.Dispose();
}

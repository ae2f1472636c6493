using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Images;

/// <summary>Reads the pixels of single images with <see cref="PixelTransforms"/>. Thread-safe.</summary>
internal sealed class PixelExtractor
{
    private readonly IRowToRowMapper _mapper;

    public PixelExtractor(SequenceSpec spec)
    {
        // A separate context, so that the transforms neither write to the user's log nor use the user's random numbers.
        var context = new MLContext(seed: 0);
        var sample = ImageSample.View(context, spec.Input, spec.IsResized ? null : spec.Size);
        var chain = new SavedChain(sample);
        PixelTransforms.AppendTo(chain, context, spec, resizes: spec.IsResized);
        _mapper = ((ITransformer)chain.ToTransformer()).GetRowToRowMapper(sample.Schema);
    }

    /// <summary>The schema of the images: one column.</summary>
    public DataViewSchema Schema => _mapper.InputSchema;

    /// <summary>Returns the row with the pixels of an image. It is disposed of by the caller.</summary>
    /// <param name="image">A row with one image.</param>
    /// <param name="getter">Returns the pixels of the image that the row holds now.</param>
    public DataViewRow Open(ImageRow image, out ValueGetter<VBuffer<float>> getter)
    {
        var column = _mapper.OutputSchema[PixelTransforms.Pixels];
        var row = _mapper.GetRow(image, [column]);
        getter = row.GetGetter<VBuffer<float>>(column);
        return row;
    }
}

namespace Rnn.MLNet.Images;

/// <summary>How the images of a column become sequences, and what does it. Thread-safe.</summary>
internal sealed class FittedSequence(SequenceSpec spec)
{
    public SequenceSpec Spec { get; } = spec;

    /// <summary>For each value of a sequence, its place among the values of the image; null if they are the same.</summary>
    public int[]? Places { get; } = spec is { IsLayoutInOrder: true, Permutation.IsEmpty: true } ? null : spec.Places();

    /// <summary>Reads the pixels of an image.</summary>
    public PixelExtractor Pixels { get; } = new(spec);

    /// <summary>Validates the column with the images and returns the schema of the output.</summary>
    /// <exception cref="ArgumentException">The column is missing, does not hold images, or announces images of another size.</exception>
    public SequenceSchema SchemaOf(DataViewSchema input)
    {
        var image = ImageColumnRules.Find(input, Spec.Input);
        if (!Spec.IsResized && ImageColumnRules.AnnouncedSize(image) is { } size && size != Spec.Size)
        {
            throw new ArgumentException(
                $"The image column '{Spec.Input}' must hold images of {Spec.Size}, as in Fit; its type {image.Type} announces {size}. To resize all images, set ImageHeight and ImageWidth.");
        }

        return new SequenceSchema(input, image, Spec);
    }
}

using Microsoft.ML.Transforms.Image;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Images;

/// <summary>ML.NET's own transforms that turn an image into its values, <c>[height, width, colours]</c>, from 0 to 1.</summary>
internal static class PixelTransforms
{
    /// <summary>The name of the intermediate columns. A loaded model drops them by name, so no column of the user has it.</summary>
    public const string Pixels = "Rnn.MLNet.Images:Pixels:9b3e61d07fa84c25";

    private const float Scale = 1 / 255f;

    /// <summary>Appends the transforms to a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="context">The context that creates the transforms.</param>
    /// <param name="spec">The size and the colours of the images.</param>
    /// <param name="resizes">Whether images of other sizes are resized; otherwise the column's type must announce the size.</param>
    public static void AppendTo(SavedChain chain, MLContext context, SequenceSpec spec, bool resizes)
    {
        var image = spec.Input;
        if (spec.IsResized)
        {
            // First, because there are fewer pixels afterwards.
            Append(context.Transforms.ResizeImages(Pixels, spec.Size.Width, spec.Size.Height, image, spec.Resizing, spec.CropAnchor));
        }

        if (spec.Colors == ImageColors.Grayscale)
        {
            Append(context.Transforms.ConvertToGrayscale(Pixels, image));
        }

        if (resizes && !spec.IsResized)
        {
            // Last, because ResizeImages passes on images of the right size, and disposes of them: they should not be the user's.
            Append(context.Transforms.ResizeImages(Pixels, spec.Size.Width, spec.Size.Height, image, spec.Resizing, spec.CropAnchor));
        }

        // After the conversion to grey all colours have the same value.
        var colors = spec.Colors == ImageColors.Grayscale ? ImagePixelExtractingEstimator.ColorBits.Red : ImagePixelExtractingEstimator.ColorBits.Rgb;
        Append(context.Transforms.ExtractPixels(
            Pixels, image, colors, ImagePixelExtractingEstimator.ColorsOrder.ARGB, interleavePixelColors: true, scaleImage: Scale));

        void Append(IEstimator<ITransformer> transform)
        {
            chain.Fit(transform);
            image = Pixels;
        }
    }
}

using Rnn.MLNet;
using Rnn.MLNet.Native;

namespace Microsoft.ML;

/// <summary>Extension methods that turn images into sequences.</summary>
public static class RnnImageCatalog
{
    /// <summary>
    /// Creates a transform from images to sequences: the rows, columns, pixels or patches of an image become the time steps of a
    /// <c>Vector&lt;Single, steps, features&gt;</c> with values from 0 to 1.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the column with the sequences.</param>
    /// <param name="inputColumnName">The name of the column with the images (<see cref="MLImage"/>); null for <paramref name="outputColumnName"/>.</param>
    /// <param name="layout">Which part of an image becomes a time step; null for <see cref="SequenceLayout.Rows"/>.</param>
    /// <param name="permutation">
    /// The order of the time steps: step <c>t</c> of the sequence is step <c>permutation[t]</c> of the layout, counted from 0; each step once. Null for
    /// the order of the layout.
    /// </param>
    /// <param name="colors">The values of a pixel: one, the brightness, or red, green and blue.</param>
    /// <param name="imageHeight">
    /// The height in pixels that images are resized to; null to resize none: then all must have the size that the column's type announces, or
    /// that of the first image in <c>Fit</c>.
    /// </param>
    /// <param name="imageWidth">The width in pixels that images are resized to; null to resize none.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range; the message names the option of <see cref="ImageToSequenceOptions"/>.</exception>
    /// <exception cref="ArgumentException">The size, the layout and the permutation do not fit each other.</exception>
    public static ImageToSequenceEstimator ImageToSequence(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        SequenceLayout? layout = null,
        IReadOnlyList<int>? permutation = null,
        ImageColors colors = ImageColors.Grayscale,
        int? imageHeight = null,
        int? imageWidth = null) => catalog.ImageToSequence(new ImageToSequenceOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName ?? outputColumnName,
            Layout = layout ?? SequenceLayout.Rows,
            Permutation = permutation,
            Colors = colors,
            ImageHeight = imageHeight,
            ImageWidth = imageWidth,
        });

    /// <summary>Creates a transform from images to sequences with all options.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="options">The columns, the layout, the colours, the size and the order of the steps.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">The size, the layout and the permutation do not fit each other.</exception>
    public static ImageToSequenceEstimator ImageToSequence(this TransformsCatalog catalog, ImageToSequenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new ImageToSequenceEstimator(MLNetAccessors.EnvironmentOf(catalog), options);
    }
}

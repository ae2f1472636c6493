using Microsoft.ML.Transforms.Image;

namespace Rnn.MLNet;

/// <summary>
/// The options of <c>ImageToSequence</c>. Immutable. The constructor of the estimator throws an <see cref="ArgumentOutOfRangeException"/> if
/// a value is out of range.
/// </summary>
public sealed record ImageToSequenceOptions
{
    /// <summary>The name of the output column. Default <c>Features</c>, the column that <c>RnnClassifier</c> reads by default.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>The name of the column with the images, of the type <see cref="MLImage"/>. Default <c>Image</c>.</summary>
    public string InputColumnName { get; init; } = "Image";

    /// <summary>Which part of an image becomes a time step. Default <see cref="SequenceLayout.Rows"/>.</summary>
    public SequenceLayout Layout { get; init; } = SequenceLayout.Rows;

    /// <summary>The values of a pixel. Default <see cref="ImageColors.Grayscale"/>.</summary>
    public ImageColors Colors { get; init; } = ImageColors.Grayscale;

    /// <summary>
    /// The height in pixels that all images are resized to, at least 1; null (the default) to resize none: then all images must have the size
    /// that the column's type announces (<c>[ImageType(28, 28)]</c>) or else that of the first image in <c>Fit</c>. Set both
    /// <see cref="ImageHeight"/> and <see cref="ImageWidth"/>, or neither; their product is at most 536,870,911.
    /// </summary>
    public int? ImageHeight { get; init; }

    /// <summary>The width in pixels that all images are resized to, at least 1; null (the default) to resize none.</summary>
    public int? ImageWidth { get; init; }

    /// <summary>
    /// How images with other proportions are resized: cropped, padded with black, or stretched. Default
    /// <see cref="ImageResizingEstimator.ResizingKind.IsoCrop"/>, as for <c>ResizeImages</c>. Without <see cref="ImageHeight"/> and
    /// <see cref="ImageWidth"/> it is used by a model that has been saved and loaded only, which resizes instead of refusing other sizes.
    /// </summary>
    public ImageResizingEstimator.ResizingKind Resizing { get; init; } = ImageResizingEstimator.ResizingKind.IsoCrop;

    /// <summary>The side of the image that is kept when it is cropped. Default <see cref="ImageResizingEstimator.Anchor.Center"/>.</summary>
    public ImageResizingEstimator.Anchor CropAnchor { get; init; } = ImageResizingEstimator.Anchor.Center;

    /// <summary>
    /// The order of the time steps: step <c>t</c> of the sequence is step <c>Permutation[t]</c> of the layout. Contains the number of each step,
    /// counted from 0, exactly once. At most 16,777,216 steps. Null (the default) for the order of the layout.
    /// </summary>
    public IReadOnlyList<int>? Permutation { get; init; }
}

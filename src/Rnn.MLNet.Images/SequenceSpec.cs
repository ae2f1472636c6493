using System.Collections.Immutable;
using Microsoft.ML.Transforms.Image;

namespace Rnn.MLNet.Images;

/// <summary>How the images of a column become sequences: the options, with the size of the images, which <c>Fit</c> determines.</summary>
/// <param name="Input">The name of the column with the images.</param>
/// <param name="Output">The name of the column with the sequences.</param>
/// <param name="Size">The size of the images, after resizing if they are resized.</param>
/// <param name="IsResized">Whether images of other sizes are resized; otherwise they are refused.</param>
/// <param name="Colors">The values of a pixel.</param>
/// <param name="Resizing">How images of other proportions are resized.</param>
/// <param name="CropAnchor">The side that is kept when an image is cropped.</param>
/// <param name="Layout">The part of an image that becomes a time step.</param>
/// <param name="Permutation">The order of the time steps; empty for that of the layout.</param>
internal sealed record SequenceSpec(
    string Input,
    string Output,
    ImageSize Size,
    bool IsResized,
    ImageColors Colors,
    ImageResizingEstimator.ResizingKind Resizing,
    ImageResizingEstimator.Anchor CropAnchor,
    SequenceLayout Layout,
    ImmutableArray<int> Permutation)
{
    /// <summary>The number of values of a pixel.</summary>
    public int Channels => Colors == ImageColors.Rgb ? 3 : 1;

    public int PatchHeight => Layout.PatchHeight ?? Size.Height;

    public int PatchWidth => Layout.PatchWidth ?? Size.Width;

    /// <summary>The number of time steps.</summary>
    public int Steps => Size.Height / PatchHeight * (Size.Width / PatchWidth);

    /// <summary>The number of values in a time step.</summary>
    public int Features => PatchHeight * PatchWidth * Channels;

    /// <summary>The type of the column with the sequences: time steps, features.</summary>
    public VectorDataViewType Type => new(NumberDataViewType.Single, Steps, Features);

    /// <summary>Whether the values of the image, row by row, already stand in the order of the layout's steps.</summary>
    public bool IsLayoutInOrder => PatchWidth == Size.Width || PatchHeight == 1;

    /// <summary>Returns, for each value of a sequence, its place among the values of the image, <c>[height, width, colours]</c>.</summary>
    public int[] Places()
    {
        var places = new int[Steps * Features];
        var patchesInRow = Size.Width / PatchWidth;
        var next = 0;
        for (var step = 0; step < Steps; step++)
        {
            var patch = Permutation.IsEmpty ? step : Permutation[step];
            var (top, left) = (patch / patchesInRow * PatchHeight, patch % patchesInRow * PatchWidth);
            for (var y = top; y < top + PatchHeight; y++)
            {
                var first = (y * Size.Width + left) * Channels;
                for (var place = first; place < first + PatchWidth * Channels; place++)
                {
                    places[next++] = place;
                }
            }
        }

        return places;
    }
}

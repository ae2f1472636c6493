using System.Globalization;

namespace Rnn.MLNet;

/// <summary>Which part of an image becomes a time step, and in which order. The values of a step are those of its pixels, row by row.</summary>
public sealed record SequenceLayout
{
    private SequenceLayout(string name, int? patchHeight, int? patchWidth)
    {
        Name = name;
        PatchHeight = patchHeight;
        PatchWidth = patchWidth;
    }

    /// <summary>Each row of pixels is a time step, from the top down: <c>[height, width × colours]</c>. The default.</summary>
    public static SequenceLayout Rows { get; } = new(nameof(Rows), 1, null);

    /// <summary>Each column of pixels is a time step, from left to right: <c>[width, height × colours]</c>.</summary>
    public static SequenceLayout Columns { get; } = new(nameof(Columns), null, 1);

    /// <summary>Each pixel is a time step, row by row: <c>[height × width, colours]</c>.</summary>
    public static SequenceLayout Pixels { get; } = new(nameof(Pixels), 1, 1);

    /// <summary>The height of a patch; null for the height of the image.</summary>
    internal int? PatchHeight { get; }

    /// <summary>The width of a patch; null for the width of the image.</summary>
    internal int? PatchWidth { get; }

    private string Name { get; }

    /// <summary>
    /// Each rectangle of the given size is a time step, from left to right and then from the top down:
    /// <c>[height / patch height × width / patch width, patch height × patch width × colours]</c>. The patches do not overlap.
    /// </summary>
    /// <param name="height">The height of a patch in pixels, at least 1. Must divide the height of the images.</param>
    /// <param name="width">The width of a patch in pixels, at least 1. Must divide the width of the images.</param>
    /// <returns>The layout, for <see cref="ImageToSequenceOptions.Layout"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="height"/> or <paramref name="width"/> is less than 1.</exception>
    public static SequenceLayout Patches(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return new(string.Create(CultureInfo.InvariantCulture, $"{nameof(Patches)}({height}, {width})"), height, width);
    }

    /// <summary>Returns the name of the layout, such as <c>Rows</c> or <c>Patches(7, 7)</c>.</summary>
    public override string ToString() => Name;
}

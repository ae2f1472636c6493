using System.Globalization;

namespace Rnn.MLNet.Images;

/// <summary>The size of an image in pixels.</summary>
internal readonly record struct ImageSize(int Height, int Width)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height} × {Width} pixels (height × width)");
}

namespace Rnn.MLNet.Tests.Images;

/// <summary>Makes images whose pixels the tests know.</summary>
internal static class Paint
{
    /// <summary>An image of greys whose pixels are numbered, row by row, from 0.</summary>
    public static MLImage Numbered(int height, int width) => Gray(height, width, (y, x) => y * width + x);

    public static MLImage Gray(int height, int width, Func<int, int, int> brightness) =>
        Color(height, width, (y, x) => (brightness(y, x), brightness(y, x), brightness(y, x)));

    public static MLImage Color(int height, int width, Func<int, int, (int Red, int Green, int Blue)> color, MLPixelFormat format = MLPixelFormat.Bgra32)
    {
        var bytes = new byte[4 * height * width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = color(y, x);
                int[] values = format == MLPixelFormat.Bgra32 ? [blue, green, red, 255] : [red, green, blue, 255];
                for (var i = 0; i < 4; i++)
                {
                    bytes[4 * (y * width + x) + i] = checked((byte)values[i]);
                }
            }
        }

        return MLImage.CreateFromPixels(width, height, format, bytes);
    }
}

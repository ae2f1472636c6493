using System.Text;

namespace Images;

/// <summary>Draws an image as text. A braille character has 2 × 4 dots, so a digit takes 14 × 7 characters.</summary>
internal static class DigitDrawing
{
    private const int BytesPerPixel = 4;
    private const byte Ink = 100;

    // The bit of each dot in the Unicode braille block, by line and column.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    public static string Of(MLImage image)
    {
        var pixels = image.Pixels;
        var text = new StringBuilder();
        for (int top = 0; top < image.Height; top += 4)
        {
            for (int left = 0; left < image.Width; left += 2)
            {
                int dots = 0;
                for (int y = top; y < Math.Min(top + 4, image.Height); y++)
                {
                    for (int x = left; x < Math.Min(left + 2, image.Width); x++)
                    {
                        dots |= pixels[BytesPerPixel * (y * image.Width + x)] >= Ink ? Dots[y - top, x - left] : 0;
                    }
                }

                text.Append((char)('\u2800' + dots));
            }

            text.AppendLine();
        }

        return text.ToString().TrimEnd('\r', '\n');
    }
}

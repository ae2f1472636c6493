using System.Text;

namespace Mnist;

/// <summary>Draws digits side by side as text. A braille character has 2 × 4 dots, so an image takes 14 × 7 characters.</summary>
internal static class DigitPicture
{
    private const int Columns = Digit.Side / 2;
    private const int Lines = Digit.Side / 4;
    private const float Ink = 0.4f;

    // The bit of each dot in the Unicode braille block, by line and column.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    public static void Print(IEnumerable<(Digit Digit, string FirstLine, string SecondLine)> pictures)
    {
        var all = pictures.ToList();
        for (int line = 0; line < Lines; line++)
        {
            Console.WriteLine(string.Join("  ", all.Select(picture => Line(picture.Digit, line))).TrimEnd());
        }

        Console.WriteLine(string.Join("  ", all.Select(picture => picture.FirstLine.PadRight(Columns))).TrimEnd());
        Console.WriteLine(string.Join("  ", all.Select(picture => picture.SecondLine.PadRight(Columns))).TrimEnd());
    }

    /// <summary>Draws a digit with what the network made of it so far beside each line: the most probable digit and its probability.</summary>
    /// <param name="digit">The digit.</param>
    /// <param name="overTime">The probabilities after each row of pixels, <c>[rows, classes]</c>.</param>
    /// <param name="classes">The digits, in the order of the probabilities.</param>
    public static void PrintOverTime(Digit digit, float[] overTime, IReadOnlyList<int> classes)
    {
        for (int line = 0; line < Lines; line++)
        {
            int row = (line + 1) * Digit.Side / Lines;
            var scores = overTime.AsSpan((row - 1) * classes.Count, classes.Count);
            int best = scores.IndexOf(scores.ToArray().Max());
            string bar = new('\u2588', (int)MathF.Round(scores[best] * 20));
            Console.WriteLine($"{Line(digit, line)}  after row {row,2}: {classes[best]} {scores[best],5:P0} {bar}");
        }
    }

    private static string Line(Digit digit, int line)
    {
        var text = new StringBuilder(Columns);
        for (int column = 0; column < Columns; column++)
        {
            int dots = 0;
            for (int y = 0; y < 4; y++)
            {
                for (int x = 0; x < 2; x++)
                {
                    bool inked = digit.Features[(line * 4 + y) * Digit.Side + column * 2 + x] >= Ink;
                    dots |= inked ? Dots[y, x] : 0;
                }
            }

            text.Append((char)('\u2800' + dots));
        }

        return text.ToString();
    }
}

using System.Text;

namespace Rnn.MLNet.Report;

/// <summary>Estimates the width of a text that the reader's browser draws, in a font that is not known here.</summary>
internal static class TextWidth
{
    private const double FontSize = 12.5;

    /// <summary>Returns about the width in DejaVu Sans, which is wider than the fonts of other systems, in pixels.</summary>
    public static double Of(string text) => FontSize * text.EnumerateRunes().Sum(Width);

    private static double Width(Rune letter) => letter.Value switch
    {
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 1,
        >= 'A' and <= 'Z' => 0.78,
        < 0x80 => 0.64,
        // Han, Hangul, emoji.
        >= 0x1100 => 1.4,
        _ => 0.85,
    };
}

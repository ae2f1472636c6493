using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Rnn.MLNet.Report;

/// <summary>
/// A plot as inline SVG in the colours of the page. ScottPlot draws only the lines and markers. This class writes the text, because ScottPlot
/// lays it out with the fonts of the machine and omits it on a machine without fonts.
/// </summary>
internal sealed partial class SvgPlot
{
    public const int Width = 640;
    public const int Height = 380;
    private const float Left = 62, Right = 16, Bottom = 46, Top = 14;

    /// <summary>Placeholder colours, which are replaced by variables of the page's style sheet.</summary>
    private static readonly (string Hex, string Variable)[] Variables =
    [
        ("#010101", "--plot"), ("#010203", "--ink-soft"), ("#010305", "--line"),
        .. Enumerable.Range(0, SeriesCount).Select(index => ($"#0102{index + 16:X2}", $"--series-{index}")),
    ];

    private const int SeriesCount = 10;
    private readonly Plot _plot = new();
    private readonly List<(double X, double Y, string Text, string Class)> _labels = [];
    private readonly string _name;
    private AxisLimits _limits;

    public SvgPlot(string name)
    {
        _name = name;
        _plot.FigureBackground.Color = Color.FromHex("#010101");
        _plot.DataBackground.Color = Color.FromHex("#010101");
        _plot.Axes.Color(Color.FromHex("#010203"));
        _plot.Grid.MajorLineColor = Color.FromHex("#010305");
        _plot.Axes.Right.FrameLineStyle.Width = 0;
        _plot.Axes.Top.FrameLineStyle.Width = 0;
        _plot.Layout.Fixed(new PixelPadding(Left, Right, Bottom, Top));
    }

    public static Color Series(int index) => Color.FromHex($"#0102{index % SeriesCount + 16:X2}");

    public void Limits(double left, double right, double bottom, double top)
    {
        _limits = new AxisLimits(left, right, bottom, top);
        _plot.Axes.SetLimits(_limits);
    }

    public void Ticks((double Position, string Text)[] horizontal, (double Position, string Text)[] vertical)
    {
        _plot.Axes.Bottom.TickGenerator = Blank(horizontal);
        _plot.Axes.Left.TickGenerator = Blank(vertical);
        foreach (var (position, text) in horizontal)
        {
            var (x, _) = Pixel(position, _limits.Bottom);
            _labels.Add((x, Height - Bottom + 17, text, "tick middle"));
        }

        foreach (var (position, text) in vertical)
        {
            var (_, y) = Pixel(_limits.Left, position);
            _labels.Add((Left - 8, y + 4, text, "tick end"));
        }
    }

    public void Line(double[] x, double[] y, Color color, float width = 2)
    {
        // Always solid: Skia's SVG writer does not support dashes and prints a warning to the terminal.
        _plot.Add.ScatterLine(x, y, color).LineWidth = width;
    }

    public void Mark(double x, double y, Color color, bool filled, float size) =>
        _plot.Add.Marker(x, y, filled ? MarkerShape.FilledCircle : MarkerShape.OpenCircle, size, color);

    public void Label(double x, double y, string text)
    {
        var (left, top) = Pixel(x, y);
        // Labels near the right edge are placed to the left of their marker.
        var toLeft = left > Width * 0.6;
        _labels.Add((left + (toLeft ? -9 : 9), top + 4, text, toLeft ? "label end" : "label"));
    }

    public string ToSvg(string horizontal, string description)
    {
        var svg = _plot.GetSvgXml(Width, Height);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        svg = Opening().Replace(svg, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Show.Text(description)}\">", 1);
        // Several plots share one page, so their element ids must be unique.
        svg = svg.Replace("id=\"cl_", $"id=\"{_name}-", StringComparison.Ordinal).Replace("url(#cl_", $"url(#{_name}-", StringComparison.Ordinal);
        foreach (var (hex, variable) in Variables)
        {
            svg = svg.Replace($"\"{hex}\"", $"\"var({variable})\"", StringComparison.OrdinalIgnoreCase);
        }

        var texts = new StringBuilder();
        foreach (var (x, y, text, style) in Spread().Append((Left + (Width - Left - Right) / 2, Height - 8, horizontal, "axis middle")))
        {
            texts.Append(Show.Invariant($"<text x=\"{x:F1}\" y=\"{y:F1}\" class=\"{style}\">{Show.Text(text)}</text>"));
        }

        return svg.Replace("</svg>", texts + "</svg>", StringComparison.Ordinal);
    }

    /// <summary>Returns the labels, moved down where they would overlap.</summary>
    private IEnumerable<(double X, double Y, string Text, string Class)> Spread()
    {
        const double LineHeight = 14, CharacterWidth = 6.6;
        var placed = new List<(double From, double To, double Y)>();
        foreach (var label in _labels.OrderBy(label => label.Y))
        {
            if (!label.Class.StartsWith("label", StringComparison.Ordinal))
            {
                yield return label;
                continue;
            }

            var width = label.Text.Length * CharacterWidth;
            var from = label.Class == "label" ? label.X : label.X - width;
            var y = label.Y;
            while (placed.Any(other => other.From < from + width && from < other.To && Math.Abs(other.Y - y) < LineHeight))
            {
                y += 2;
            }

            placed.Add((from, from + width, y));
            yield return label with { Y = y };
        }
    }

    private (double X, double Y) Pixel(double x, double y) => (
        Left + (x - _limits.Left) / (_limits.Right - _limits.Left) * (Width - Left - Right),
        Height - Bottom - (y - _limits.Bottom) / (_limits.Top - _limits.Bottom) * (Height - Bottom - Top));

    private static ScottPlot.TickGenerators.NumericManual Blank((double Position, string Text)[] ticks) =>
        new([.. ticks.Select(tick => tick.Position)], [.. ticks.Select(_ => "")]);

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex Opening();
}

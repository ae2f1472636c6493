using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Rnn.MLNet.Report;

/// <summary>
/// A plot as inline SVG in the colours of the page. OxyPlot draws axes, lines and marks; this class writes the names of marks, because it
/// knows where one covers another.
/// </summary>
internal sealed partial class SvgPlot
{
    private const int Width = 560, Height = 360, SeriesCount = 10;

    /// <summary>Placeholder colours, which are replaced by variables of the page's style sheet.</summary>
    private static readonly OxyColor Ink = OxyColor.FromRgb(1, 2, 3), Grid = OxyColor.FromRgb(1, 3, 5);

    private static readonly (string Color, string Variable)[] Variables =
    [
        ("rgb(1,2,3)", "--ink-soft"), ("rgb(1,3,5)", "--line"),
        .. Enumerable.Range(0, SeriesCount).Select(index => ($"rgb(1,4,{index})", Variable(index))),
    ];

    private readonly string _name;
    private readonly TickAxis _horizontal, _vertical;
    private readonly List<DataPoint> _marks = [];
    private readonly List<(DataPoint Point, string Name, int Number)> _labels = [];
    private readonly PlotModel _model = new()
    {
        PlotMargins = new OxyThickness(62, 10, 28, 44),
        Padding = new OxyThickness(0),
        PlotAreaBorderThickness = new OxyThickness(0),
        DefaultFontSize = 12,
        TextColor = Ink,
    };

    /// <param name="name">A part of the ids of the elements, which several plots on one page need.</param>
    /// <param name="horizontal">The axis at the bottom.</param>
    /// <param name="vertical">The axis at the left.</param>
    public SvgPlot(string name, TickAxis horizontal, TickAxis vertical)
    {
        _name = name;
        _horizontal = Styled(horizontal, AxisPosition.Bottom);
        _vertical = Styled(vertical, AxisPosition.Left);
        _model.Axes.Add(_horizontal);
        _model.Axes.Add(_vertical);
    }

    /// <summary>Gets whether the marks have numbers in place of names, since the names lie on each other. Known after <see cref="ToSvg"/>.</summary>
    public bool IsNumbered { get; private set; }

    /// <summary>Returns the style sheet's variable for the colour of a series.</summary>
    public static string Variable(int series) => $"--series-{series % SeriesCount}";

    public void Line(IEnumerable<DataPoint> points, int series, double width, double[]? dashes = null)
    {
        var line = new LineSeries { Color = Color(series), StrokeThickness = width, LineJoin = LineJoin.Round, Dashes = dashes };
        line.Points.AddRange(points);
        _model.Series.Add(line);
    }

    public void Mark(DataPoint point, int series, bool filled)
    {
        _marks.Add(point);
        _model.Series.Add(new ScatterSeries
        {
            MarkerType = MarkerType.Circle,
            MarkerSize = 4.5,
            MarkerFill = filled ? Color(series) : OxyColors.Transparent,
            MarkerStroke = Color(series),
            MarkerStrokeThickness = 1.2,
            ItemsSource = new[] { new ScatterPoint(point.X, point.Y) },
        });
    }

    /// <summary>Names a mark: with its name or, if the names do not all find a place, its number.</summary>
    public void Label(DataPoint point, string name, int number) => _labels.Add((point, name, number));

    public string ToSvg(string description)
    {
        var svg = new SvgExporter { Width = Width, Height = Height, IsDocument = false }.ExportToString(_model);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        svg = Opening().Replace(svg, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Show.Text(description)}\">", 1);
        // Several plots share one page, so their element ids must be unique.
        svg = svg.Replace("id=\"clipPath", $"id=\"{_name}-", StringComparison.Ordinal).Replace("url(#clipPath", $"url(#{_name}-", StringComparison.Ordinal);
        foreach (var (color, variable) in Variables)
        {
            svg = svg.Replace(color, $"var({variable})", StringComparison.Ordinal);
        }

        return svg.Replace("</svg>", Labels() + "</svg>", StringComparison.Ordinal);
    }

    private static OxyColor Color(int series) => OxyColor.FromRgb(1, 4, (byte)(series % SeriesCount));

    private static TickAxis Styled(TickAxis axis, AxisPosition position)
    {
        axis.Position = position;
        axis.AxislineStyle = LineStyle.Solid;
        axis.AxislineColor = axis.TicklineColor = Ink;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = Grid;
        axis.MajorTickSize = 4;
        axis.AxisTitleDistance = 8;
        return axis;
    }

    private string Labels()
    {
        ScreenPoint[] marks = [.. _marks.Select(Screen)];
        var names = LabelLayout.Names([.. _labels.Select(label => (Screen(label.Point), label.Name))], marks, _model.PlotArea);
        IsNumbered = names is null;
        var labels = names ?? LabelLayout.Numbers([.. _labels.Select(label => (Screen(label.Point), label.Number))], marks, _model.PlotArea);
        // The lines first, so that none crosses a text.
        return string.Concat(labels.Where(label => label.Leader is not null).Select(label => Show.Invariant(
                $"<line class=\"leader\" x1=\"{label.Point.X:F1}\" y1=\"{label.Point.Y:F1}\" x2=\"{label.Leader!.Value.X:F1}\" y2=\"{label.Leader.Value.Y:F1}\"/>"))) +
            string.Concat(labels.Select(label => Show.Invariant(
                $"<text class=\"label {label.Anchor}\" x=\"{label.TextX:F1}\" y=\"{label.Baseline:F1}\">{Show.Text(label.Text)}</text>")));
    }

    /// <summary>Returns the place of a point on the picture; known after the export.</summary>
    private ScreenPoint Screen(DataPoint point) => new(_horizontal.Transform(point.X), _vertical.Transform(point.Y));

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex Opening();
}

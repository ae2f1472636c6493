using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Rnn.MLNet.Benchmarks.Growth;

/// <summary>A picture of some curves over a dimension.</summary>
/// <param name="Name">The last part of the file name.</param>
/// <param name="Question">What the picture shows.</param>
/// <param name="Axis">The title of the vertical axis.</param>
/// <param name="Curves">The curves, as functions of the measured rows.</param>
internal sealed record GrowthPicture(string Name, string Question, string Axis, IReadOnlyList<GrowthPicture.Curve> Curves)
{
    private const int Width = 720, Height = 460;
    private const string Font = "Arial, sans-serif";

    // The colours of Okabe and Ito, which colour-blind readers can tell apart.
    private static readonly OxyColor[] Colors =
        [OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 158, 115), OxyColor.FromRgb(204, 121, 167)];

    private static readonly MarkerType[] Markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    private static readonly IReadOnlyList<GrowthPicture> All =
    [
        new("speed", "Speed", "rows per second",
        [
            .. GrowthQuantity.All.Select(quantity => new Curve(quantity.Name, quantity.Title, row => quantity.RowsPerSecond(Median(row)))),
        ]),
        new("share", "Share of the processor", "% of the multiply-add peak",
        [
            .. GrowthQuantity.All.Select(quantity => new Curve(quantity.Arithmetic, quantity.Title, row => 100 * row.Ratio!.Value)),
        ])
        {
            Maximum = 100,
        },
        new("memory", "Memory", "MB",
        [
            new(GrowthMemoryContest.FitPeak, "Fit, process", Median),
            new(GrowthMemoryContest.TransformPeak, "Transform, process", Median),
            new(GrowthMemoryContest.TransformLive, "Transform, live managed", Median),
            new(GrowthMemoryContest.Zip, "zip", Median),
        ]),
    ];

    /// <summary>The end of the vertical axis, which is linear; null for an axis that fits the values.</summary>
    public double? Maximum { get; private init; }

    /// <summary>Draws all pictures of a dimension into a folder.</summary>
    public static void DrawAll(GrowthDimension dimension, GrowthResults results, string folder)
    {
        if (results.Values(dimension).Count == 0)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        foreach (var picture in All)
        {
            using var file = File.Create(Path.Combine(folder, $"{dimension.Name}-{picture.Name}.svg"));
            new SvgExporter { Width = Width, Height = Height, TextMeasurer = new WideText() }.Export(picture.Draw(dimension, results), file);
        }
    }

    private static double Median(ResultRow row) => row.Median!.Value;

    private PlotModel Draw(GrowthDimension dimension, GrowthResults results)
    {
        var plot = new PlotModel
        {
            Title = $"{Question} by number of {dimension.Title}",
            TitleFontWeight = FontWeights.Normal,
            DefaultFont = Font,
            Background = OxyColors.White,
        };
        for (var i = 0; i < Curves.Count; i++)
        {
            var line = new LineSeries
            {
                Title = Curves[i].Title,
                Color = Colors[i],
                StrokeThickness = 2,
                MarkerType = Markers[i],
                MarkerFill = Colors[i],
                MarkerSize = 4,
            };
            foreach (var value in results.Values(dimension))
            {
                if (results.Find(dimension, Curves[i].Metric, value) is { } row)
                {
                    line.Points.Add(new DataPoint(value, Curves[i].Y(row)));
                }
            }

            if (line.Points.Count > 0)
            {
                plot.Series.Add(line);
            }
        }

        plot.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.BottomCenter,
            LegendOrientation = LegendOrientation.Horizontal,
        });
        plot.Axes.Add(Horizontal(dimension));
        plot.Axes.Add(Vertical(dimension, [.. plot.Series.Cast<LineSeries>().SelectMany(line => line.Points).Select(point => point.Y)]));
        return plot;
    }

    private static Axis Horizontal(GrowthDimension dimension) => Styled(
        dimension.IsLinear
            ? new LinearAxis { MajorStep = 1, MinorTickSize = 0, MinimumPadding = 0.05, MaximumPadding = 0.05 }
            : new LogarithmicAxis { Base = dimension.Values[^1] > 10_000 ? 10 : 2, IntervalLength = 70, MinorTickSize = 0, MinimumPadding = 0.05, MaximumPadding = 0.05 },
        AxisPosition.Bottom,
        dimension.Title);

    /// <summary>Returns a linear axis from 0, or a logarithmic one of whole powers of ten, so that it has at least two labels.</summary>
    private Axis Vertical(GrowthDimension dimension, IReadOnlyList<double> values) => Styled(
        Maximum is not null || dimension.IsLinear
            ? new LinearAxis { Minimum = 0, Maximum = Maximum ?? double.NaN, MaximumPadding = 0.1 }
            : new LogarithmicAxis
            {
                // A little beyond, because the label at the very end can be lost to rounding.
                Minimum = 0.999 * Math.Pow(10, Math.Floor(Math.Log10(values.Min()))),
                Maximum = 1.001 * Math.Pow(10, Math.Ceiling(Math.Log10(values.Max()))),
            },
        AxisPosition.Left,
        Axis);

    private static Axis Styled(Axis axis, AxisPosition position, string title)
    {
        axis.Position = position;
        axis.Title = title;
        axis.AxisTitleDistance = 12;
        axis.StringFormat = "#,0.##";
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = OxyColor.FromRgb(224, 224, 224);
        return axis;
    }

    /// <summary>Measures text for a wider font than Arial, as browsers take one where Arial is missing.</summary>
    private sealed class WideText() : PdfRenderContext(Width, Height, OxyColors.White)
    {
        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            var size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
            return new OxySize(1.4 * size.Width, size.Height);
        }
    }

    /// <summary>A curve of a picture.</summary>
    /// <param name="Metric">The metric of its rows.</param>
    /// <param name="Title">Its title in the legend.</param>
    /// <param name="Y">Returns the height of a row.</param>
    internal sealed record Curve(string Metric, string Title, Func<ResultRow, double> Y);
}

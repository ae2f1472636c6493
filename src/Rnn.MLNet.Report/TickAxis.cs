using OxyPlot.Axes;

namespace Rnn.MLNet.Report;

/// <summary>An axis with the ticks that it is given: those that OxyPlot chooses leave most logarithmic axes of a report with one label or none.</summary>
internal sealed class TickAxis : LinearAxis
{
    private readonly Dictionary<double, string> _ticks;

    public TickAxis(string? title, double from, double to, IEnumerable<(double Position, string Text)> ticks)
    {
        (Title, Minimum, Maximum) = (title, from, to);
        _ticks = ticks.ToDictionary(tick => tick.Position, tick => tick.Text);
    }

    public override void GetTickValues(out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
    {
        majorTickValues = [.. _ticks.Keys];
        majorLabelValues = this.IsHorizontal() ? WithoutTouching() : majorTickValues;
        minorTickValues = [];
    }

    /// <summary>Returns the ticks whose labels have room right of the one before.</summary>
    private List<double> WithoutTouching()
    {
        var labels = new List<double>();
        var end = double.NegativeInfinity;
        foreach (var (position, text) in _ticks)
        {
            var (middle, width) = (Transform(position), TextWidth.Of(text));
            if (middle - width / 2 > end)
            {
                labels.Add(position);
                end = middle + width / 2;
            }
        }

        return labels;
    }

    protected override string FormatValueOverride(double x) => _ticks.GetValueOrDefault(x, "");
}

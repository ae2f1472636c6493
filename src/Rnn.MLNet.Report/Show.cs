using System.Globalization;
using System.Net;
using Rnn.MLNet.Comparison;

namespace Rnn.MLNet.Report;

/// <summary>Formats names and numbers for the page.</summary>
internal static class Show
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Share(double? value) => value is { } share && double.IsFinite(share) ? share.ToString("P2", CultureInfo.InvariantCulture) : "–";

    public static string Number(double? value, string format) => value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string Seconds(double seconds) => seconds switch
    {
        < 10 => Invariant($"{seconds:F2} s"),
        double.PositiveInfinity or double.NaN => "–",
        < 120 => Invariant($"{seconds:F1} s"),
        _ => Invariant($"{(int)seconds / 60} min {(int)seconds % 60:00} s"),
    };

    public static string Microseconds(double? value) => value is { } time && double.IsFinite(time) ? Invariant($"{time:#,0.0} µs") : "–";

    public static string Bytes(double? value) => value switch
    {
        null => "–",
        < 1e6 => Invariant($"{value / 1e3:F0} kB"),
        < 1e9 => Invariant($"{value / 1e6:F1} MB"),
        _ => Invariant($"{value / 1e9:F2} GB"),
    };

    /// <summary>Returns the value of a metric in a trial that has metrics.</summary>
    public static double Metric(RnnRunDetail run, MulticlassClassificationMetric metric) => run.ValidationMetrics!.Value(metric);

    public static string MetricText(double value, MulticlassClassificationMetric metric) =>
        metric == MulticlassClassificationMetric.LogLoss ? Number(value, "F4") : Share(value);

    public static string MetricName(MulticlassClassificationMetric metric) => metric switch
    {
        MulticlassClassificationMetric.MicroAccuracy => "micro-accuracy",
        MulticlassClassificationMetric.MacroAccuracy => "macro-accuracy",
        MulticlassClassificationMetric.TopKAccuracy => "top-k accuracy",
        MulticlassClassificationMetric.LogLossReduction => "log-loss reduction",
        _ => "log-loss",
    };

    /// <summary>
    /// Returns a summary of what a search drew: "#3: Gru 96, learning rate 0.004, batch 128, 9 epochs"; empty for other candidates.
    /// </summary>
    public static string Settings(RnnRunDetail run)
    {
        if (run.Settings.Count == 0)
        {
            return "";
        }

        string Get(string name) => run.Settings.GetValueOrDefault(name, "?");
        var layers = Get("Layers") == "1" ? "" : $" × {Get("Layers")}";
        var both = Get("Bidirectional") == "yes" ? ", bidirectional" : "";
        return $"#{Get("Configuration")}: {Get("Cell").Replace("Cell", "", StringComparison.Ordinal)} {Get("Units")}{layers}{both}, learning rate {Get("LearningRate")}, batch {Get("BatchSize")}, {Get("Steps")} {(Get("Steps") == "1" ? "step" : "steps")}";
    }

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

namespace Rnn.MLNet.Report;

/// <summary>Computes the ticks of an axis.</summary>
internal static class AxisTicks
{
    /// <summary>Returns about five evenly spaced round numbers in a range.</summary>
    public static (double Position, string Text)[] Linear(double from, double to, Func<double, int, string> format)
    {
        var step = Math.Pow(10, Math.Floor(Math.Log10((to - from) / 4)));
        step *= ((to - from) / step) switch { > 20 => 5, > 9 => 2, _ => 1 };
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var first = (long)Math.Ceiling(from / step - 1e-9);
        return [.. Enumerable.Range(0, 40).Select(i => (first + i) * step).TakeWhile(value => value <= to + step * 1e-9).Select(value => (value, format(value, decimals)))];
    }

    /// <summary>Returns 1, 2 and 5 times the powers of ten in a range of decimal logarithms; only the powers of ten if the range is wide, round numbers if it is narrow.</summary>
    public static (double Position, string Text)[] Logarithmic(double from, double to, Func<double, string> format)
    {
        double[] factors = to - from > 2.5 ? [1] : [1, 2, 5];
        double[] values = [.. Enumerable.Range((int)Math.Floor(from), (int)Math.Ceiling(to) - (int)Math.Floor(from) + 1)
            .SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))
            .Where(value => Math.Log10(value) >= from && Math.Log10(value) <= to)];
        if (values.Length < 3)
        {
            values = [.. Linear(Math.Pow(10, from), Math.Pow(10, to), (_, _) => "").Select(tick => tick.Position)];
        }

        return [.. values.Select(value => (Math.Log10(value), format(value)))];
    }
}

namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Formats numbers for the tables, with only the significant digits.</summary>
internal static class Figure
{
    public static string Value(double? value) => value switch
    {
        null => "not reached",
        >= 100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F2", CultureInfo.InvariantCulture),
    };

    public static string Ratio(double? ratio) => ratio is null ? "–" : $"{ratio.Value.ToString("F2", CultureInfo.InvariantCulture)} ×";
}

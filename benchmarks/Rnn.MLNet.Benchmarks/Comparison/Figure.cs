namespace Rnn.MLNet.Benchmarks.Comparison;

/// <summary>Numbers as the tables show them: to the digits that tell one from another.</summary>
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

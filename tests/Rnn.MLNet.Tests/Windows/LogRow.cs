namespace Rnn.MLNet.Tests.Windows;

/// <summary>A row of a log of machines: one time step.</summary>
internal sealed class LogRow
{
    public string? Machine { get; set; } = "A";

    public int Time { get; set; }

    public float Value { get; set; }

    public float Other { get; set; }

    public string? State { get; set; } = "ok";

    public bool Fault { get; set; }

    /// <summary>Rows of machines, written as in <c>"A1 B1 A2"</c>: the machine, then the value, which is also the time.</summary>
    public static List<LogRow> Parse(string rows) =>
        [.. rows.Split(' ').Select(row => new LogRow { Machine = row[..1], Time = int.Parse(row[1..], CultureInfo.InvariantCulture), Value = int.Parse(row[1..], CultureInfo.InvariantCulture) })];

    public static IDataView View(MLContext context, IEnumerable<LogRow> rows) => context.Data.LoadFromEnumerable(rows.ToList());
}

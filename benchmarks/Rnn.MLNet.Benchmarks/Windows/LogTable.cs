namespace Rnn.MLNet.Benchmarks.Windows;

/// <summary>A log of many machines, generated as it is read. Its features say to which machine and to which step a row belongs.</summary>
internal static class LogTable
{
    public const int Groups = 1_000;
    public const int Length = 60;
    public const int Stride = 10;
    public const int Features = 4;

    private static readonly string[] Names = [.. Enumerable.Range(0, Groups).Select(group => $"machine {group}")];

    public static SequenceOptions Options => new()
    {
        GroupBy = nameof(Row.Machine),
        OrderBy = nameof(Row.Time),
        Features = [nameof(Row.Number), nameof(Row.Step), nameof(Row.Temperature), nameof(Row.Pressure)],
        Length = Length,
        Stride = Stride,
        Label = SequenceLabel.Last(nameof(Row.Fault)),
    };

    public static IDataView View(MLContext context, LogOrder order, int rows) => context.Data.LoadFromEnumerable(Rows(order, rows));

    /// <summary>Returns the number of windows of a table.</summary>
    public static long Windows(int rows) => Groups * ((rows / Groups - Length) / Stride + 1L);

    /// <summary>Returns the same row object again and again, refilled each time, because ML.NET copies what it reads.</summary>
    private static IEnumerable<Row> Rows(LogOrder order, int rows)
    {
        var row = new Row();
        var start = new DateTime(2026, 1, 1);
        var steps = rows / Groups;
        for (var place = 0; place < Groups * steps; place++)
        {
            var (group, step) = order == LogOrder.Grouped ? (place / steps, place % steps) : (place % Groups, place / Groups);
            row.Machine = Names[group];
            row.Time = start.AddSeconds(step);
            row.Number = group;
            row.Step = step;
            row.Temperature = place % 97;
            row.Pressure = place % 89;
            row.Fault = step % 50 == 0;
            yield return row;
        }
    }

    private sealed class Row
    {
        public string Machine { get; set; } = "";

        public DateTime Time { get; set; }

        public int Number { get; set; }

        public float Step { get; set; }

        public float Temperature { get; set; }

        public double Pressure { get; set; }

        public bool Fault { get; set; }
    }
}

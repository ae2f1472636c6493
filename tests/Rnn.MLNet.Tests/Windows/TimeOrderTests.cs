namespace Rnn.MLNet.Tests.Windows;

/// <summary>Times do not decrease within a group, and are there.</summary>
public sealed class TimeOrderTests
{
    private static readonly SequenceOptions Options = new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value"], Length = 2 };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void A_time_before_the_one_before_is_refused_by_group_row_and_both_times()
    {
        Assert.Equal(
            "The time column 'Time' must not decrease within a group; row 3 (counted from 0; group 'B') holds 6, the row before it 7. Sort the rows by time before they are loaded.",
            Refusal(LogRow.Parse("A1 B7 A2 B6 A3"), Options));
        Assert.Equal(
            "The time column 'Time' must not decrease within a group; row 2 (counted from 0) holds 1, the row before it 2. Sort the rows by time before they are loaded.",
            Refusal(LogRow.Parse("A1 B2 A1"), Options with { GroupBy = null }));
    }

    [Fact]
    public void The_same_time_twice_is_accepted()
    {
        Assert.Equal(["A@1: 1 1", "A@2: 1 2"], WindowText.Of(LogRow.Parse("A1 A1 A2"), Options));
    }

    [Fact]
    public void Without_a_time_column_any_order_is_accepted()
    {
        Assert.Equal(["A: 3 1"], WindowText.Of(LogRow.Parse("A3 A1"), Options with { OrderBy = null }));
    }

    [Fact]
    public void Rows_in_the_wrong_order_are_refused_although_nobody_asks_for_their_times()
    {
        var windows = _context.Data.CreateSequences(LogRow.View(_context, LogRow.Parse("A1 A2 A1")), Options);
        using var cursor = windows.GetRowCursor([windows.Schema["Machine"]]);
        Assert.True(cursor.MoveNext());

        Assert.Throws<InvalidOperationException>(() => cursor.MoveNext());
    }

    [Fact]
    public void Times_of_other_zones_are_compared_by_the_instant()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        // Half past twelve in Berlin is half past eleven in Greenwich.
        Assert.Equal(2, Count(noon.ToOffset(TimeSpan.FromHours(5)), noon.AddMinutes(1).ToOffset(TimeSpan.FromHours(-5)), noon.AddMinutes(1)));
        Assert.Equal(
            "The time column 'Time' must not decrease within a group; row 1 (counted from 0) holds 2026-03-01 12:30:00 +01:00, the row before it 2026-03-01 12:00:00 +00:00. Sort the rows by time before they are loaded.",
            Assert.Throws<InvalidOperationException>(() => Count(noon, noon.AddMinutes(-30).ToOffset(TimeSpan.FromHours(1)))).Message);
    }

    [Fact]
    public void Missing_times_are_refused()
    {
        var day = new DateTime(2026, 3, 1);

        Assert.Equal(
            "The time column 'Time' must not be missing; row 1 (counted from 0) holds NaN. Replace or filter such rows.",
            Assert.Throws<InvalidOperationException>(() => Count(1.0, double.NaN, 2.0)).Message);
        Assert.Contains("row 0 (counted from 0) holds Infinity", Assert.Throws<InvalidOperationException>(() => Count(float.PositiveInfinity)).Message);
        // What ML.NET reads an empty cell as.
        Assert.Contains("row 1 (counted from 0) holds 0001-01-01 00:00:00.", Assert.Throws<InvalidOperationException>(() => Count(day, default)).Message);
        Assert.Contains("holds 0001-01-01 00:00:00 +00:00.", Assert.Throws<InvalidOperationException>(() => Count(default(DateTimeOffset))).Message);
        Assert.Equal(1, Count(TimeSpan.MinValue, TimeSpan.MaxValue));
        Assert.Equal(1, Count(0L, 0L));
        Assert.Equal(1, Count(long.MinValue, long.MaxValue));
        Assert.Equal(1, Count(double.MinValue, double.MaxValue));
    }

    private static string Refusal(IEnumerable<LogRow> rows, SequenceOptions options) =>
        Assert.Throws<InvalidOperationException>(() => WindowText.Of(rows, options)).Message;

    /// <summary>The number of windows of two rows.</summary>
    private int Count<T>(params T[] times)
    {
        var rows = _context.Data.LoadFromEnumerable(times.Select(time => new TimedRow<T> { Time = time }).ToList());
        return WindowText.Of(_context.Data.CreateSequences(rows, Options with { GroupBy = null })).Count;
    }
}

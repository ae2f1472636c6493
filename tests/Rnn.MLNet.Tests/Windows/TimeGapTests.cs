using CsCheck;

namespace Rnn.MLNet.Tests.Windows;

/// <summary>Rows that are further apart than the interval says.</summary>
public sealed class TimeGapTests
{
    private static readonly SequenceOptions Options =
        new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value"], Length = 3, Interval = 10 };

    private static readonly DateTime Midnight = new(2026, 3, 1);

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Are_refused_by_group_row_and_both_times()
    {
        Assert.Equal(
            "There is a gap in the time column 'Time': row 3 (counted from 0; group 'A') holds 36, the row before it 20, which is more than one and a half times the Interval, 10. Set Gaps to Split or CarryForward, or Interval to null.",
            Assert.Throws<InvalidOperationException>(() => WindowText.Of(LogRow.Parse("A10 B5 A20 A36"), Options)).Message);
        Assert.Contains(
            "row 1 (counted from 0) holds 2026-03-01 00:02:00, the row before it 2026-03-01 00:00:00, which is more than one and a half times the Interval, 00:01:00.",
            Assert.Throws<InvalidOperationException>(() => Texts(TimeGaps.Refuse, TimeSpan.FromMinutes(1), Midnight, Midnight.AddMinutes(2))).Message);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(15, 0)]
    [InlineData(16, 1)]
    [InlineData(25, 1)]
    [InlineData(26, 2)]
    [InlineData(35, 2)]
    [InlineData(36, 3)]
    public void Are_filled_with_as_few_steps_as_leave_no_gap(int distance, int filled)
    {
        var rows = LogRow.Parse($"A10 A{10 + distance}");
        var values = Enumerable.Repeat("10", filled).Append($"{10 + distance}");

        var windows = WindowText.Of(rows, Options with { Length = filled + 2, Gaps = TimeGaps.CarryForward });

        Assert.Equal($"A@{10 + distance}: 10 {string.Join(' ', values)}", Assert.Single(windows));
    }

    [Fact]
    public void A_gap_begins_a_new_run()
    {
        Assert.Equal(
            ["A@30: 10 20 30", "B@30: 10 20 30", "A@70: 50 60 70"],
            WindowText.Of(LogRow.Parse("A10 B10 A20 B20 A30 B30 A50 A60 A70"), Options with { Gaps = TimeGaps.Split }));
    }

    [Fact]
    public void The_stride_counts_anew_in_each_run()
    {
        Assert.Equal(
            ["A@20: 10 20", "A@50: 40 50", "A@110: 100 110"],
            WindowText.Of(LogRow.Parse("A10 A20 A30 A40 A50 A60 A100 A110 A120"), Options with { Length = 2, Stride = 3, Gaps = TimeGaps.Split }));
    }

    [Fact]
    public void Windows_may_end_with_a_step_that_was_filled_in()
    {
        var rows = LogRow.Parse("A10 A20 A50 A60");
        rows.ForEach(row => row.State = $"s{row.Time}");

        Assert.Equal(
            ["A@30: 10 20 20 = s20", "A@40: 20 20 20 = s20", "A@50: 20 20 50 = s50", "A@60: 20 50 60 = s60"],
            WindowText.Of(rows, Options with { Gaps = TimeGaps.CarryForward, Label = SequenceLabel.Last("State") }));
        Assert.Equal(
            ["s10", "s20", "s20", "s20"],
            WindowText.Of(rows, Options with { Gaps = TimeGaps.CarryForward, Label = SequenceLabel.First("State") }).Select(text => text.Split(" = ")[1]));
    }

    [Fact]
    public void A_gap_is_filled_up_to_a_window_that_has_one_step_of_its_own()
    {
        Assert.Equal(
            ["A@30: 10 10 10", "A@40: 10 10 40"],
            WindowText.Of(LogRow.Parse("A10 A40"), Options with { Gaps = TimeGaps.CarryForward }));
        // One more, and the run ends.
        Assert.Equal(
            ["A@70: 50 60 70"],
            WindowText.Of(LogRow.Parse("A10 A50 A60 A70"), Options with { Gaps = TimeGaps.CarryForward }));
    }

    [Fact]
    public void MaxCarriedSteps_bounds_what_is_filled()
    {
        var options = Options with { Length = 4, Gaps = TimeGaps.CarryForward, MaxCarriedSteps = 1 };

        Assert.Equal(["A@40: 10 10 30 40"], WindowText.Of(LogRow.Parse("A10 A30 A40"), options));
        Assert.Equal(["A@70: 40 50 60 70"], WindowText.Of(LogRow.Parse("A10 A40 A50 A60 A70"), options));
        Assert.Equal(["A@40: 10 10 10 40", "A@50: 10 10 40 50"], WindowText.Of(LogRow.Parse("A10 A40 A50"), options with { MaxCarriedSteps = 2 }));
    }

    [Fact]
    public void A_very_long_gap_takes_no_time()
    {
        Assert.Single(Texts(TimeGaps.CarryForward, TimeSpan.FromTicks(1), DateTime.MinValue.AddTicks(1), DateTime.MaxValue, DateTime.MaxValue));
        Assert.Single(Texts(TimeGaps.CarryForward, double.Epsilon, double.MinValue, double.MaxValue, double.MaxValue));
        Assert.Single(Texts(TimeGaps.Split, 1, long.MinValue, long.MaxValue, long.MaxValue));
    }

    [Fact]
    public void Times_of_every_type_are_filled_in()
    {
        var minute = TimeSpan.FromMinutes(1);
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

        Assert.Equal(["@03/01/2026 00:01:00", "@03/01/2026 00:02:00"], Times(minute, Midnight, Midnight + 2 * minute));
        Assert.Equal(["@03/01/2026 12:01:00 +02:00", "@03/01/2026 12:02:00 +02:00"], Times(minute, noon, noon + 2 * minute));
        Assert.Equal(["@00:06:00", "@00:07:00"], Times(minute, 5 * minute, 7 * minute));
        Assert.Equal(["@5", "@8"], Times(3, (byte)2, (byte)8));
        Assert.Equal(["@-1", "@1"], Times(2, (sbyte)-3, (sbyte)1));
        Assert.Equal(["@9223372036854775805", "@9223372036854775807"], Times(2, long.MaxValue - 4, long.MaxValue));
        Assert.Equal(["@18446744073709551613", "@18446744073709551615"], Times(2, ulong.MaxValue - 4, ulong.MaxValue));
        Assert.Equal(["@0.75", "@1"], Times(0.25, 0.5f, 1f));
        Assert.Equal(["@0.75", "@1"], Times(0.25, 0.5, 1.0));
        // Sixty pictures a second, with times in whole milliseconds.
        Assert.Equal(["@17", "@33"], Times(1000 / 60.0, 0, 33));
    }

    [Fact]
    public void Without_an_interval_no_distance_is_a_gap()
    {
        Assert.Equal(["A@900: 1 2 900"], WindowText.Of(LogRow.Parse("A1 A2 A900"), Options with { Interval = null }));
    }

    [Fact]
    public void A_row_that_a_missing_feature_excludes_counts_for_the_distance()
    {
        var rows = LogRow.Parse("A10 A20 A30 A40 A50 A60");
        rows[2].Value = float.NaN;
        var options = Options with { Length = 2, Gaps = TimeGaps.CarryForward, MissingFeatures = MissingFeatures.Split };

        Assert.Equal(["A@20: 10 20", "A@50: 40 50", "A@60: 50 60"], WindowText.Of(rows, options));
        Assert.Equal(["A@20: 10 20", "A@50: 40 50", "A@60: 50 60"], WindowText.Of(rows, options with { Gaps = TimeGaps.Refuse }));
    }

    [Fact]
    public void No_window_of_any_table_spans_a_gap_that_splits() =>
        Gen.Select(Gen.Int[1, 4].List[1, 40], Gen.Int[1, 4]).Sample((distances, length) =>
        {
            var time = 0;
            var rows = distances.Select(distance => new LogRow { Time = time += distance, Value = time, State = $"{time}" }).ToList();
            var options = Options with { Length = length, Interval = null, Label = SequenceLabel.First("State") };
            // Each run is cut by itself.
            var run = 0;
            var runs = rows.Select((row, place) => (row, run: place > 0 && row.Time - rows[place - 1].Time > 1.5 * 2 ? ++run : run)).GroupBy(pair => pair.run, pair => pair.row);
            var expected = runs.SelectMany(part => part.Count() < length ? [] : WindowText.Of(part, options)).ToList();

            if (expected.Count > 0)
            {
                Assert.Equal(expected, WindowText.Of(rows, options with { Interval = 2, Gaps = TimeGaps.Split }));
            }
        }, iter: 100);

    /// <summary>The times at the end of windows of two steps.</summary>
    private List<string> Times<T>(StepInterval interval, params T[] times) => [.. Texts(TimeGaps.CarryForward, interval, times).Select(text => text.Split(": ")[0])];

    private List<string> Texts<T>(TimeGaps gaps, StepInterval interval, params T[] times)
    {
        var rows = _context.Data.LoadFromEnumerable(times.Select(time => new TimedRow<T> { Time = time }).ToList());
        return WindowText.Of(_context.Data.CreateSequences(rows, Options with { GroupBy = null, Length = 2, Interval = interval, Gaps = gaps }));
    }
}

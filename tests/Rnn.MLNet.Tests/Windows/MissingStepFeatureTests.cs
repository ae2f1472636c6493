namespace Rnn.MLNet.Tests.Windows;

/// <summary>Features that are missing in the rows of a table, or infinite.</summary>
public sealed class MissingStepFeatureTests
{
    private static readonly SequenceOptions Options = new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value", "Other"], Length = 2 };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Are_refused_by_column_and_row()
    {
        Assert.Equal(
            "The feature column 'Other' must hold finite values; row 1 (counted from 0; group 'A') holds NaN, a missing value. Set MissingFeatures to Split, CarryForward or Keep, or replace or filter such rows, for instance with mlContext.Transforms.ReplaceMissingValues.",
            Refusal(Of("1,1 2,- 3,3"), Options));
    }

    [Fact]
    public void End_a_run_of_their_group()
    {
        Assert.Equal(
            ["A@1: 0 10 1 11", "A@4: 3 13 4 14", "A@5: 4 14 5 15"],
            WindowText.Of(Of("0,10 1,11 2,- 3,13 4,14 5,15"), Options with { MissingFeatures = MissingFeatures.Split }));
        Assert.Equal(
            ["A@2: 1 11 2 12"],
            WindowText.Of(Of("-,10 1,11 2,12 3,- 4,14"), Options with { MissingFeatures = MissingFeatures.Split }));
    }

    [Fact]
    public void Do_not_touch_other_groups()
    {
        var rows = LogRow.Parse("A1 B1 A2 B2 A3 B3 A4 B4");
        rows[2].Value = float.NaN;

        Assert.Equal(
            ["B@2: 1 0 2 0", "B@3: 2 0 3 0", "A@4: 3 0 4 0", "B@4: 3 0 4 0"],
            WindowText.Of(rows, Options with { MissingFeatures = MissingFeatures.Split }));
    }

    [Fact]
    public void Take_the_value_of_the_step_before()
    {
        Assert.Equal(
            ["A@1: 0 10 1 10", "A@2: 1 10 1 12", "A@3: 1 12 3 13"],
            WindowText.Of(Of("0,10 1,- -,12 3,13"), Options with { MissingFeatures = MissingFeatures.CarryForward }));
    }

    [Fact]
    public void Are_carried_for_at_most_MaxCarriedSteps_each()
    {
        var options = Options with { Length = 4, MissingFeatures = MissingFeatures.CarryForward };

        // Three by default: one less than a window is long.
        Assert.Equal(
            ["A@3: 0 10 1 10 2 10 3 10"],
            WindowText.Of(Of("0,10 1,- 2,- 3,- 4,-"), options));
        // Each feature by itself: the steps are missing in turn.
        Assert.Equal(
            ["A@3: 0 10 1 10 1 12 3 12"],
            WindowText.Of(Of("0,10 1,- -,12 3,-"), options with { MaxCarriedSteps = 1 }));
        // Twice in a row is too far, and the run begins anew.
        Assert.Equal(
            ["A@7: 4 14 5 15 6 16 7 17"],
            WindowText.Of(Of("0,10 1,11 2,- 3,- 4,14 5,15 6,16 7,17"), options with { MaxCarriedSteps = 1 }));
    }

    [Fact]
    public void Have_nothing_to_take_at_the_beginning_of_a_run()
    {
        Assert.Equal(
            ["A@2: 1 11 2 12", "A@3: 2 12 2 13"],
            WindowText.Of(Of("0,- 1,11 2,12 -,13"), Options with { MissingFeatures = MissingFeatures.CarryForward }));
    }

    [Fact]
    public void Count_together_with_steps_that_are_missing_altogether()
    {
        // At time 1 Other is carried, 2 and 3 are missing: Other would be carried for three steps.
        var rows = Of("0,10 1,- 4,14 5,15 6,16 7,17");
        rows[2].Time = 4;
        rows[3].Time = 5;
        rows[4].Time = 6;
        rows[5].Time = 7;
        var options = Options with { Length = 4, Interval = 1, Gaps = TimeGaps.CarryForward, MissingFeatures = MissingFeatures.CarryForward, MaxCarriedSteps = 2 };

        Assert.Equal(["A@7: 4 14 5 15 6 16 7 17"], WindowText.Of(rows, options));
        Assert.Equal(
            ["A@3: 0 10 1 10 1 10 1 10", "A@4: 1 10 1 10 1 10 4 14"],
            WindowText.Of(rows, options with { MaxCarriedSteps = 3 }).Take(2));
    }

    [Fact]
    public void Are_carried_no_further_after_steps_that_were_filled_in()
    {
        var rows = Of("0,10 2,- 3,13 4,14 5,15");
        rows[1].Time = 2;
        rows[2].Time = 3;
        rows[3].Time = 4;
        rows[4].Time = 5;
        var options = Options with { Length = 3, Interval = 1, Gaps = TimeGaps.CarryForward, MissingFeatures = MissingFeatures.CarryForward, MaxCarriedSteps = 1 };

        Assert.Equal(["A@5: 3 13 4 14 5 15"], WindowText.Of(rows, options));
    }

    [Fact]
    public void Stay_missing_if_they_are_kept()
    {
        Assert.Equal(
            ["A@1: 0 NaN NaN 11"],
            WindowText.Of(Of("0,- -,11"), Options with { MissingFeatures = MissingFeatures.Keep }));
    }

    [Theory]
    [InlineData(MissingFeatures.Refuse)]
    [InlineData(MissingFeatures.Split)]
    [InlineData(MissingFeatures.CarryForward)]
    [InlineData(MissingFeatures.Keep)]
    public void Infinite_features_are_always_refused(MissingFeatures missing)
    {
        var rows = Of("0,10 1,11");
        rows[1].Other = float.NegativeInfinity;

        Assert.Equal(
            "The feature column 'Other' must hold finite values; row 1 (counted from 0; group 'A') holds -Infinity. Replace or filter such rows.",
            Refusal(rows, Options with { MissingFeatures = missing }));
    }

    [Fact]
    public void A_number_beyond_the_range_of_Single_is_refused()
    {
        var rows = _context.Data.LoadFromEnumerable(new List<DoubleRow> { new() { Values = [1, 1e300] } });

        Assert.Equal(
            "The feature column 'Values' must hold finite values; row 0 (counted from 0) holds 1E+300, which is beyond the range of Single in place 1. Replace or filter such rows.",
            Assert.Throws<InvalidOperationException>(() => WindowText.Of(_context.Data.CreateSequences(rows, new() { Features = ["Values"], Length = 1 }))).Message);
    }

    [Theory]
    [InlineData(MissingFeatures.Split)]
    [InlineData(MissingFeatures.CarryForward)]
    public void There_are_the_same_windows_if_nobody_asks_for_features(MissingFeatures missing)
    {
        var rows = LogRow.View(_context, Of("-,0 1,11 2,12 3,- 4,- 5,15 6,16"));
        var windows = _context.Data.CreateSequences(rows, Options with { MissingFeatures = missing });

        var all = WindowText.Of(windows);
        using var cursor = windows.GetRowCursor([windows.Schema["Time"]]);
        var read = WindowText.Reader(cursor);
        foreach (var window in all)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(window.Split(':')[0].Split('@')[1], read().Split(':')[0].TrimStart('@'));
        }

        Assert.False(cursor.MoveNext());
    }

    /// <summary>Rows of two features, missing where there is a dash; the times count from 0.</summary>
    private static List<LogRow> Of(string rows) => [.. rows.Split(' ').Select((row, place) => new LogRow
    {
        Time = place,
        Value = Number(row.Split(',')[0]),
        Other = Number(row.Split(',')[1]),
    })];

    private static float Number(string text) => text == "-" ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);

    private static string Refusal(IEnumerable<LogRow> rows, SequenceOptions options) =>
        Assert.Throws<InvalidOperationException>(() => WindowText.Of(rows, options)).Message;

    private sealed class DoubleRow
    {
        [VectorType(2)]
        public double[] Values { get; set; } = [];
    }
}

using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.Windows;

/// <summary>Groups that are shorter than a window: some are told, and if all are, that is an error.</summary>
public sealed class ShortGroupTests
{
    private static readonly SequenceOptions Options = new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value"], Length = 3 };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void If_no_group_is_as_long_as_a_window_the_longest_is_named()
    {
        Assert.Equal(
            "There is no window: the longest of 3 groups of the column 'Machine', 'B', has 2 rows, and Length is 3.",
            Refusal(LogRow.Parse("A1 B1 C1 B2 C2"), Options));
        Assert.Equal("There is no window: the data has 1 row, and Length is 3.", Refusal(LogRow.Parse("A1"), Options with { GroupBy = null }));
    }

    [Fact]
    public void If_gaps_end_all_runs_the_longest_is_named()
    {
        var options = Options with { Interval = 1, Gaps = TimeGaps.Split };

        Assert.Equal(
            "There is no window: the longest run without a gap or a missing feature, in group 'B' of the column 'Machine', has 2 steps of 4 rows, and Length is 3.",
            Refusal(LogRow.Parse("A1 B1 B3 B4 B9"), options));
        Assert.Equal(
            "There is no window: the longest run without a gap or a missing feature has 1 step of 2 rows, and Length is 3.",
            Refusal(LogRow.Parse("A1 A3"), options with { GroupBy = null }));
    }

    [Fact]
    public void If_every_row_lacks_a_feature_it_is_said()
    {
        var rows = LogRow.Parse("A1 B2");
        rows.ForEach(row => row.Value = float.NaN);

        Assert.Equal(
            "There is no window: each of the 2 rows has a missing feature, and Length is 3.",
            Refusal(rows, Options with { MissingFeatures = MissingFeatures.CarryForward }));
    }

    [Fact]
    public void The_error_does_not_depend_on_the_columns_that_are_asked_for()
    {
        var windows = _context.Data.CreateSequences(LogRow.View(_context, LogRow.Parse("A1 A2")), Options);
        using var cursor = windows.GetRowCursor([]);

        Assert.StartsWith("There is no window", Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message);
        Assert.StartsWith("There is no window", Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message);
    }

    [Fact]
    public void Keys_are_named_by_their_values()
    {
        var rows = LogRow.View(_context, LogRow.Parse("A1 B1 B2"));
        rows = _context.Transforms.Conversion.MapValueToKey("Machine").Fit(rows).Transform(rows);
        var named = _context.Data.CreateSequences(rows, Options);
        var plain = _context.Data.CreateSequences(new LabelledView<uint>(3, 2), new() { GroupBy = "Label", Features = ["Features"], Length = 2 });

        Assert.Contains("'B', has 2 rows", Assert.Throws<InvalidOperationException>(() => WindowText.Of(named)).Message);
        Assert.Contains("the column 'Label', 2, has 1 row,", Assert.Throws<InvalidOperationException>(() => WindowText.Of(plain)).Message);
    }

    [Fact]
    public void No_rows_give_no_windows()
    {
        Assert.Empty(WindowText.Of([], Options));
    }

    [Fact]
    public void Some_short_groups_are_warned_of_once()
    {
        var messages = Warnings();
        var windows = _context.Data.CreateSequences(LogRow.View(_context, LogRow.Parse("A1 B1 C1 A2 C2 A3")), Options);

        Assert.Single(WindowText.Of(windows));
        Assert.Single(WindowText.Of(windows));

        Assert.Equal(["2 of 3 groups of the column 'Machine' have no window, such as 'B' with 1 row: Length is 3."], messages);

        var split = _context.Data.CreateSequences(
            LogRow.View(_context, LogRow.Parse("A1 B1 A2 B2 A3 B4")), Options with { Interval = 1, Gaps = TimeGaps.Split });
        Assert.Single(WindowText.Of(split));
        Assert.Equal(
            "1 of 2 groups of the column 'Machine' have no window, such as 'B' with 3 rows: Length is 3, and gaps or missing features end a run.", messages.Last());
    }

    [Fact]
    public void If_all_groups_have_windows_there_is_nothing_to_say()
    {
        var messages = Warnings();

        Assert.Equal(2, WindowText.Of(_context.Data.CreateSequences(LogRow.View(_context, LogRow.Parse("A1 A2 A3 A4")), Options)).Count);
        Assert.Empty(messages);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_missing_group_is_refused(string? machine)
    {
        var rows = LogRow.Parse("A1 A2");
        rows[1].Machine = machine;

        Assert.Equal(
            "The group column 'Machine' must not be missing; row 1 (counted from 0) has none. Replace or filter such rows.", Refusal(rows, Options));
    }

    [Fact]
    public void A_missing_key_and_a_missing_number_are_no_group()
    {
        var keys = _context.Data.CreateSequences(new LabelledView<uint>(3, 1, 0), new() { GroupBy = "Label", Features = ["Features"], Length = 1 });
        var rows = LogRow.Parse("A1");
        rows[0].Other = float.NaN;

        Assert.StartsWith("The group column 'Label' must not be missing; row 1", Assert.Throws<InvalidOperationException>(() => WindowText.Of(keys)).Message);
        Assert.StartsWith("The group column 'Other' must not be missing; row 0", Refusal(rows, Options with { GroupBy = "Other" }));
    }

    private ConcurrentQueue<string> Warnings()
    {
        var messages = new ConcurrentQueue<string>();
        _context.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning)
            {
                messages.Enqueue(log.RawMessage);
            }
        };
        return messages;
    }

    private static string Refusal(IEnumerable<LogRow> rows, SequenceOptions options) =>
        Assert.Throws<InvalidOperationException>(() => WindowText.Of(rows, options)).Message;
}

namespace Rnn.MLNet.Tests.Windows;

/// <summary>How the label of a window follows from those of its rows.</summary>
public sealed class SequenceLabelTests
{
    private static readonly SequenceOptions Options = new() { GroupBy = "Machine", Features = ["Value"], Length = 3, Stride = 3 };

    [Fact]
    public void Of_the_first_and_of_the_last_row()
    {
        var rows = Of("a b c d e f");

        Assert.Equal(["A: 0 0 0 = a", "A: 0 0 0 = d"], WindowText.Of(rows, Options with { Label = SequenceLabel.First("State") }));
        Assert.Equal(["A: 0 0 0 = c", "A: 0 0 0 = f"], WindowText.Of(rows, Options with { Label = SequenceLabel.Last("State") }));
        Assert.Equal(["a", "b", "c", "d"], Labels(rows, Options with { Stride = 1, Label = SequenceLabel.First("State") }));
    }

    [Theory]
    [InlineData("no no no", false)]
    [InlineData("yes no no", true)]
    [InlineData("no yes no", true)]
    [InlineData("no no yes", true)]
    [InlineData("yes yes yes", true)]
    public void Of_any_row(string faults, bool label)
    {
        var rows = Of(faults);
        rows.ForEach(row => row.Fault = row.State == "yes");

        Assert.Equal([$"{label}"], Labels(rows, Options with { Label = SequenceLabel.Any("Fault") }));
    }

    [Fact]
    public void Of_any_row_of_the_window_and_of_no_other()
    {
        var rows = Of("no yes no no no no");
        rows.ForEach(row => row.Fault = row.State == "yes");

        Assert.Equal(["True", "True", "False", "False"], Labels(rows, Options with { Stride = 1, Label = SequenceLabel.Any("Fault") }));
    }

    [Theory]
    [InlineData("a a b", "a")]
    [InlineData("a b b", "b")]
    [InlineData("b a b", "b")]
    [InlineData("a a a", "a")]
    // Equally frequent: the one that occurs last.
    [InlineData("a b c", "c")]
    [InlineData("a b b a", "a", 4)]
    [InlineData("b a a b c", "b", 5)]
    [InlineData("b a b a c", "a", 5)]
    public void Of_most_rows(string states, string label, int length = 3)
    {
        Assert.Equal([label], Labels(Of(states), Options with { Length = length, Label = SequenceLabel.MostFrequent("State") }));
    }

    [Fact]
    public void Of_most_rows_of_the_window_and_of_no_other()
    {
        Assert.Equal(["a", "b", "b", "c"], Labels(Of("a a b b c c"), Options with { Stride = 1, Label = SequenceLabel.MostFrequent("State") }));
    }

    [Fact]
    public void Of_the_windows_group()
    {
        var rows = LogRow.Parse("A1 B1 A2 B2 A3 B3");
        rows.ForEach(row => row.State = row.Machine + row.Time);

        Assert.Equal(["A1", "B1"], Labels(rows, Options with { Label = SequenceLabel.First("State") }));
        Assert.Equal(["A3", "B3"], Labels(rows, Options with { Label = SequenceLabel.MostFrequent("State") }));
    }

    [Theory]
    [InlineData("- a a", "First", "the first row")]
    [InlineData("a a -", "Last", "the last row")]
    [InlineData("a - a", "MostFrequent", "a row")]
    public void A_missing_label_is_refused(string states, string rule, string where)
    {
        var rows = Of(states);
        rows.ForEach(row => row.State = row.State == "-" ? null : row.State);
        var label = rule == "First" ? SequenceLabel.First("State") : rule == "Last" ? SequenceLabel.Last("State") : SequenceLabel.MostFrequent("State");

        Assert.Equal(
            $"The label column 'State' must not be missing in {where} of a window; it is in the window up to row 2 (counted from 0; group 'A'). Replace or filter such rows, or set Label to null for windows without a label.",
            Assert.Throws<InvalidOperationException>(() => WindowText.Of(rows, Options with { Label = label })).Message);
    }

    [Fact]
    public void A_missing_key_and_a_number_that_is_missing_are_refused()
    {
        var context = new MLContext(seed: 1);
        var keys = context.Data.CreateSequences(
            new LabelledView<uint>(3, 1, 0), new() { Features = ["Features"], Length = 2, Label = SequenceLabel.Last("Label") });
        var rows = LogRow.Parse("A1 A2");
        rows[1].Other = float.NaN;
        var numbers = context.Data.CreateSequences(LogRow.View(context, rows), new() { Features = ["Value"], Length = 2, Label = SequenceLabel.Last("Other") });

        Assert.StartsWith("The label column 'Label' must not be missing", Assert.Throws<InvalidOperationException>(() => WindowText.Of(keys)).Message);
        Assert.StartsWith("The label column 'Other' must not be missing", Assert.Throws<InvalidOperationException>(() => WindowText.Of(numbers)).Message);
    }

    [Fact]
    public void A_missing_label_that_no_window_needs_does_not_matter()
    {
        var rows = Of("a b c");
        rows[0].State = rows[1].State = null;

        Assert.Equal(["c"], Labels(rows, Options with { Label = SequenceLabel.Last("State") }));
        Assert.Single(WindowText.Of(rows, Options));
    }

    [Fact]
    public void A_rule_is_known_by_its_kind_and_its_column()
    {
        Assert.Equal(SequenceLabel.Last("State"), SequenceLabel.Last("State"));
        Assert.NotEqual(SequenceLabel.Last("State"), SequenceLabel.First("State"));
        Assert.NotEqual(SequenceLabel.Last("State"), SequenceLabel.Last("Fault"));
        Assert.Equal(("State", "MostFrequent(State)"), (SequenceLabel.MostFrequent("State").ColumnName, SequenceLabel.MostFrequent("State").ToString()));
        Assert.Throws<ArgumentNullException>("columnName", () => SequenceLabel.Any(null!));
        Assert.Throws<ArgumentException>("columnName", () => SequenceLabel.Any(""));
    }

    private static List<LogRow> Of(string states) => [.. states.Split(' ').Select(state => new LogRow { State = state })];

    private static List<string> Labels(IEnumerable<LogRow> rows, SequenceOptions options) =>
        [.. WindowText.Of(rows, options).Select(text => text.Split(" = ")[1])];
}

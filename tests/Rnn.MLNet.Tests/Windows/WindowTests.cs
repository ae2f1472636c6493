using CsCheck;

namespace Rnn.MLNet.Tests.Windows;

/// <summary>Which windows a table gives, by hand and for any table.</summary>
public sealed class WindowTests
{
    private static readonly SequenceOptions Options = new() { GroupBy = "Machine", OrderBy = "Time", Features = ["Value"], Length = 3 };

    [Fact]
    public void Groups_one_after_the_other()
    {
        Assert.Equal(
            ["A@3: 1 2 3", "A@4: 2 3 4", "B@3: 1 2 3"],
            WindowText.Of(LogRow.Parse("A1 A2 A3 A4 B1 B2 B3"), Options));
    }

    [Fact]
    public void Interleaved_groups_in_the_order_in_which_windows_end()
    {
        Assert.Equal(
            ["B@12: 10 11 12", "A@3: 1 2 3", "B@13: 11 12 13", "A@4: 2 3 4"],
            WindowText.Of(LogRow.Parse("A1 B10 A2 B11 B12 C7 A3 B13 A4"), Options));
    }

    [Theory]
    [InlineData(1, "1 2 3", "2 3 4", "3 4 5", "4 5 6", "5 6 7", "6 7 8")]
    [InlineData(2, "1 2 3", "3 4 5", "5 6 7")]
    [InlineData(3, "1 2 3", "4 5 6")]
    [InlineData(4, "1 2 3", "5 6 7")]
    [InlineData(5, "1 2 3", "6 7 8")]
    [InlineData(6, "1 2 3")]
    public void The_stride_counts_from_the_first_window_of_a_group(int stride, params string[] windows)
    {
        var rows = LogRow.Parse("B4 A1 A2 A3 A4 B5 A5 A6 A7 A8 B6");

        Assert.Equal([.. windows.Select(window => "A: " + window), "B: 4 5 6"], WindowText.Of(rows, Options with { OrderBy = null, Stride = stride }));
    }

    [Fact]
    public void All_rows_are_one_series_if_there_is_no_group()
    {
        Assert.Equal([": 3 1", ": 1 2"], WindowText.Of(LogRow.Parse("A3 B1 A2"), new() { Features = ["Value"], Length = 2 }));
    }

    [Fact]
    public void A_window_may_be_a_single_step()
    {
        Assert.Equal(["A@1: 1", "A@2: 2"], WindowText.Of(LogRow.Parse("A1 A2"), Options with { Length = 1 }));
    }

    [Fact]
    public void The_features_of_a_step_stand_together_in_the_order_of_the_options()
    {
        var rows = LogRow.Parse("A1 A2");
        rows.ForEach(row => row.Other = -row.Value);

        Assert.Equal(["A@2: -1 1 -2 2"], WindowText.Of(rows, Options with { Features = ["Other", "Value"], Length = 2 }));
    }

    [Fact]
    public void The_columns_have_the_names_of_the_options()
    {
        var context = new MLContext(seed: 1);
        var windows = context.Data.CreateSequences(
            LogRow.View(context, LogRow.Parse("A1 A2 A3")),
            Options with { Features = ["Value", "Other"], FeaturesColumnName = "X", LabelColumnName = "Y", Label = SequenceLabel.Last("State") });

        Assert.Equal(["Machine", "Time", "X", "Y"], windows.Schema.Select(column => column.Name));
        Assert.Equal(
            [TextDataViewType.Instance, NumberDataViewType.Int32, new VectorDataViewType(NumberDataViewType.Single, 3, 2), TextDataViewType.Instance],
            windows.Schema.Select(column => column.Type));
    }

    [Fact]
    public void The_views_schema_has_the_columns_that_options_name_only()
    {
        var context = new MLContext(seed: 1);
        var rows = LogRow.View(context, LogRow.Parse("A1"));

        Assert.Equal(["Features"], Names(new() { Features = ["Value"], Length = 1 }));
        Assert.Equal(["Time", "Features"], Names(new() { Features = ["Value"], Length = 1, OrderBy = "Time" }));
        Assert.Equal(["Machine", "Features", "Label"], Names(new() { Features = ["Value"], Length = 1, GroupBy = "Machine", Label = SequenceLabel.Any("Fault") }));

        IEnumerable<string> Names(SequenceOptions options) => context.Data.CreateSequences(rows, options).Schema.Select(column => column.Name);
    }

    [Fact]
    public void Windows_of_any_table_are_those_of_its_groups_one_by_one() =>
        Gen.Select(Gen.Int[0, 4].List[1, 60], Gen.Int[1, 7], Gen.Int[1, 7]).Sample((machines, length, stride) =>
        {
            var rows = machines.Select((machine, place) => new LogRow { Machine = $"{machine}", Time = place, Value = place, State = $"{place % 3}" }).ToList();
            var expected = rows.GroupBy(row => row.Machine)
                .SelectMany(group => group.Select((_, first) => group.Skip(first).Take(length).ToList()).Where((window, first) => first % stride == 0 && window.Count == length))
                .OrderBy(window => window[^1].Time)
                .Select(window => $"{window[^1].Machine}@{window[^1].Time}: {string.Join(' ', window.Select(row => row.Value))} = {window[0].State}")
                .ToList();

            var options = Options with { Length = length, Stride = stride, Label = SequenceLabel.First("State") };
            if (expected.Count == 0)
            {
                Assert.StartsWith("There is no window", Assert.Throws<InvalidOperationException>(() => WindowText.Of(rows, options)).Message);
            }
            else
            {
                Assert.Equal(expected, WindowText.Of(rows, options));
            }
        }, iter: 200);
}

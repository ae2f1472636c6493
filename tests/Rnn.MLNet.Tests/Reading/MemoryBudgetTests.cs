using Microsoft.ML.Runtime;
using Rnn.MLNet.Tests.Situations;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Rows stay in memory up to the last byte that they may take there, and no further.</summary>
public sealed class MemoryBudgetTests
{
    [Theory]
    // 50 rows of two Single values.
    [InlineData(400, true)]
    [InlineData(399, false)]
    [InlineData(1, false)]
    [InlineData(0, false)]
    [InlineData(long.MaxValue, true)]
    public void The_budget_is_kept_to_the_byte(long budget, bool inMemory)
    {
        var data = NumberedRows.View(50);
        var known = new AwkwardView(data) { Claims = 50 };

        var (rows, _) = new SequenceReader(known, NumberedRows.Columns(data), "training").Read(budget, ValidationSplit.None, TestContext.Current.CancellationToken);

        Assert.Equal(inMemory, rows is CachedRows);
        Assert.Equal(!inMemory, rows is StreamedRows);
        Assert.Equal(Enumerable.Range(0, 50), rows.InOrder());
        Assert.Equal(1, rows.MeanWeight);
    }

    [Theory]
    [InlineData(null, 16 << 20)]
    [InlineData(3L, 24)]
    [InlineData(0L, 8)]
    [InlineData(1000L, 8000)]
    public void Where_the_view_says_how_many_rows_there_are_a_block_is_no_larger(long? claimed, long bytes)
    {
        var data = NumberedRows.View(3);
        bool InMemory(long budget) => new SequenceReader(new AwkwardView(data) { Claims = claimed }, NumberedRows.Columns(data), "training")
            .Read(budget, ValidationSplit.None, TestContext.Current.CancellationToken).Training is CachedRows;

        // Blocks of one row, where none were said to come.
        bytes = claimed == 0 ? 3 * bytes : bytes;
        Assert.True(InMemory(bytes));
        Assert.False(InMemory(bytes - 1));
    }

    [Theory]
    [InlineData(CacheRows.Auto, true)]
    [InlineData(CacheRows.All, true)]
    [InlineData(CacheRows.None, false)]
    public void The_option_decides(CacheRows cacheRows, bool inMemory)
    {
        using var channel = ((IHostEnvironment)new MLContext()).Register("test").Start("reading");
        var options = SyntheticSequences.Options with { TimeSteps = 1, CacheRows = cacheRows, ValidationSet = NumberedRows.View(9) };

        var data = TrainingData.Read(NumberedRows.View(20), Classification.Targets, options, seed: 1, channel);

        Assert.Equal(inMemory, data.Training is CachedRows);
        Assert.Equal(inMemory, data.Validation is CachedRows);
        Assert.Equal((20, 9), (data.Training.Count, data.Validation!.Count));
    }

    [Fact]
    public async Task Left_to_itself_it_takes_half_of_the_memory_there_is()
    {
        Assert.Equal("45% CachedRows, 55% StreamedRows", (await ChildProcess.Run<HalfTheMemory>()).Succeeded());
    }
}

using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Rows in blocks of memory, and as tensors.</summary>
public sealed class SequenceSetTests
{
    private static readonly SequenceShape Shape = new(TimeSteps: 2, Features: 3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    public void A_row_is_found_in_whatever_block_it_is(int capacity)
    {
        var set = Set(9, capacity);

        Assert.Equal(9, set.Count);
        for (var row = 0; row < 9; row++)
        {
            Assert.Equal(Enumerable.Range(6 * row, 6).Select(value => (float)value), set.Values(row).ToArray());
            Assert.Equal((row % 4, row / 2f), (set.Target(row)[0], set.Weight(row)));
        }
    }

    [Fact]
    public void Memory_is_counted_in_whole_blocks()
    {
        Assert.Equal(0, new SequenceSet(Shape, Classification.Targets()).Bytes);
        Assert.Equal(9 * 24, Set(9, 9).Bytes);
        Assert.Equal(10 * 24, Set(10, 1).Bytes);
        Assert.Equal(12 * 24, Set(9, 4).Bytes);
        // Four megavalues, as far as whole rows go.
        Assert.Equal((1 << 22) / 6 * 24, Set(1, int.MaxValue).Bytes);
        Assert.Equal(5 << 24, OneRow(5 << 22));
        Assert.Equal(8 << 20, OneRow(2 << 20, capacity: 1));
        Assert.Equal(16 << 20, OneRow(2 << 20));
    }

    [Fact]
    public void A_row_that_is_not_taken_over_is_written_anew()
    {
        var set = Set(3, 1);

        set.NextRow()[0] = 1;
        set.NextRow()[0] = 2;
        set.Add([5], 6);

        Assert.Equal(4 * 24, set.Bytes);
        Assert.Equal((4, 2f, 5, 6f), (set.Count, set.Values(3)[0], set.Target(3)[0], set.Weight(3)));
        set.Clear();
        Assert.Equal((0, 0L), (set.Count, set.Bytes));
        set.NextRow()[0] = 7;
        set.Add([8], 9);
        Assert.Equal((1, 7f, 8, 9f), (set.Count, set.Values(0)[0], set.Target(0)[0], set.Weight(0)));
    }

    [Fact]
    public void Rows_become_tensors_with_weights_in_units_of_the_mean()
    {
        using var scope = NewDisposeScope();
        var set = Set(9, 4);

        var batch = set.Gather([7, 0, 7, 3], unit: 0.5, CPU);

        Assert.Equal([4, 2, 3], batch.Inputs.shape);
        Assert.Equal(
            ((int[])[7, 0, 7, 3]).SelectMany(row => Enumerable.Range(6 * row, 6)).Select(value => (float)value), batch.Inputs.data<float>().ToArray());
        Assert.Equal([3, 0, 3, 3], batch.Targets.data<long>().ToArray());
        Assert.Equal([7, 0, 7, 3], batch.Weights.data<float>().ToArray());
        Assert.Equal(0.5 * (7 + 0 + 7 + 3), set.TotalWeight([7, 0, 7, 3]));
        Assert.Equal(0, set.TotalWeight([]));
    }

    private static SequenceSet Set(int rows, int capacity)
    {
        var set = new SequenceSet(Shape, Classification.Targets(), capacity);
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < 6; i++)
            {
                set.NextRow()[i] = 6 * row + i;
            }

            set.Add([row % 4], row / 2f);
        }

        return set;
    }

    private static long OneRow(int length, int capacity = int.MaxValue)
    {
        var set = new SequenceSet(new SequenceShape(1, length), Classification.Targets(), capacity);
        set.NextRow();
        return set.Bytes;
    }
}

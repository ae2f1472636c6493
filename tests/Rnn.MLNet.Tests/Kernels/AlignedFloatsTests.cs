namespace Rnn.MLNet.Tests.Kernels;

/// <summary>The memory of packed weights and states.</summary>
public sealed unsafe class AlignedFloatsTests
{
    [Fact]
    public void They_begin_at_a_cache_line_and_with_zeros()
    {
        foreach (var count in (int[])[0, 1, 15, 16, 17, 1000, 100_000])
        {
            var floats = new AlignedFloats(count);
            Assert.Equal(0, (nint)floats.Start % 64);
            Assert.Equal(count, floats.Values.Length);
            Assert.All(floats.Values.ToArray(), value => Assert.Equal(0, value));
            floats.Values.Fill(1);
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(1, floats.Start[i]);
            }
        }
    }

    [Fact]
    public void They_stay_where_they_are()
    {
        var floats = new AlignedFloats(100);
        var start = (nint)floats.Start;
        floats.Values[99] = 7;

        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.Equal(7, ((float*)start)[99]);
        GC.KeepAlive(floats);
    }

    [Fact]
    public void They_are_freed_once()
    {
        var floats = new AlignedFloats(100);
        floats.Dispose();
        floats.Dispose();
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1L << 40)]
    public void More_than_an_array_holds_are_refused(long count)
    {
        Assert.Contains(
            FormattableString.Invariant($"would take {count:N0} numbers when it is packed; it may take 2,147,483,"),
            Assert.Throws<InvalidOperationException>(() => new AlignedFloats(count)).Message);
    }
}

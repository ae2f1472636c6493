using CsCheck;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Rows in memory and rows that are streamed come in an order that the seed decides, each once.</summary>
public sealed class RowOrderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_row_comes_once_in_full_minibatches_and_a_last_one_of_the_rest(bool streamed) =>
        Gen.Select(Gen.Int[1, 40], Gen.OneOf(Gen.Int[1, 45], Gen.Const(int.MaxValue)), Gen.Int).Sample((count, batchSize, seed) =>
        {
            var (rows, validation) = NumberedRows.Read(NumberedRows.View(count), streamed);
            List<Minibatch> shuffled = [.. rows.Shuffled(batchSize, seed, TestContext.Current.CancellationToken)];
            List<Minibatch> inOrder = [.. rows.InOrder(batchSize, TestContext.Current.CancellationToken)];

            var sizes = Enumerable.Range(0, count).Chunk(Math.Min(batchSize, count)).Select(chunk => chunk.Length).ToArray();
            Assert.Equal(count, rows.Count);
            Assert.Null(validation);
            Assert.Equal(sizes, shuffled.Select(batch => batch.Count));
            Assert.Equal(sizes, inOrder.Select(batch => batch.Count));
            Assert.Equal(Enumerable.Range(0, count), shuffled.Numbers().Order());
            Assert.Equal(Enumerable.Range(0, count), inOrder.Numbers());
        }, iter: 40);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_seed_decides_the_order_whatever_was_drawn_before(bool streamed)
    {
        var (rows, _) = NumberedRows.Read(NumberedRows.View(60), streamed);
        string Order(int seed) => string.Join(" ", rows.Shuffled(seed));

        string[] orders = [.. Enumerable.Range(0, 10).Select(Order)];

        Assert.Equal(orders, Enumerable.Range(0, 10).Select(Order));
        Assert.Equal(11, orders.Append(string.Join(" ", Enumerable.Range(0, 60))).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 60), rows.InOrder());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_order_is_as_likely(bool streamed)
    {
        var (rows, _) = NumberedRows.Read(NumberedRows.View(3), streamed);

        var orders = Enumerable.Range(0, 600).Select(seed => string.Join(" ", rows.Shuffled(seed))).GroupBy(order => order).ToDictionary(group => group.Key, group => group.Count());

        // A sixth of 600, and four standard deviations.
        Assert.Equal(6, orders.Count);
        Assert.All(orders.Values, count => Assert.InRange(count, 100 - 36, 100 + 36));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_keeps_its_values_label_and_weight(bool streamed)
    {
        var (rows, validation) = NumberedRows.Read(NumberedRows.View(50, i => 0.5f + i), streamed, new ValidationSplit(0.4, Seed: 3));

        foreach (var source in (IRowSource[])[rows, validation!])
        {
            foreach (var batch in source.Shuffled(8, seed: 5, TestContext.Current.CancellationToken).Concat(source.InOrder(8, TestContext.Current.CancellationToken)))
            {
                foreach (var row in batch.Rows.Span)
                {
                    var number = (int)batch.Set.Values(row)[0];
                    Assert.Equal([number, -number], batch.Set.Values(row).ToArray());
                    Assert.Equal(number % 3, batch.Set.Target(row)[0]);
                    Assert.Equal(0.5f + number, batch.Set.Weight(row));
                }
            }

            Assert.Equal(source.InOrder().Average(number => 0.5 + number), source.MeanWeight, 1e-9);
            Assert.Equal(source.InOrder().Length, source.Count);
        }
    }

    [Fact]
    public void A_view_is_asked_for_another_order_where_it_can_give_one_and_one_is_wanted()
    {
        var able = NumberedRows.View(9, canShuffle: true);
        var unable = NumberedRows.View(9);
        foreach (var data in (OrderedView[])[able, unable])
        {
            var (rows, _) = NumberedRows.Read(data, streamed: true);
            _ = rows.InOrder();
            _ = rows.Shuffled(seed: 1);
        }

        Assert.Equal([false, false, true], able.AskedToShuffle);
        Assert.Equal([false, false, false], unable.AskedToShuffle);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancelled_pass_ends(bool streamed)
    {
        var (rows, _) = NumberedRows.Read(NumberedRows.View(200), streamed);
        using var source = new CancellationTokenSource();
        var passes = rows.Shuffled(2, seed: 1, source.Token).GetEnumerator();
        var inOrder = rows.InOrder(2, source.Token).GetEnumerator();
        Assert.True(passes.MoveNext() && inOrder.MoveNext());

        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ToTheEnd(passes));
        Assert.ThrowsAny<OperationCanceledException>(() => ToTheEnd(inOrder));
        Assert.ThrowsAny<OperationCanceledException>(() => NumberedRows.Read(NumberedRows.View(200), streamed).Training.InOrder(2, source.Token).ToList());

        static void ToTheEnd(IEnumerator<Minibatch> batches)
        {
            using (batches)
            {
                while (batches.MoveNext())
                {
                }
            }
        }
    }
}

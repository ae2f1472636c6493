using CsCheck;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Whatever training sees of a row is in its digest, and the order of the rows in that of them all.</summary>
public sealed class RowDigestTests
{
    private static readonly Gen<(float[] Values, int Label, float Weight)[]> Rows =
        Gen.Select(Gen.Single[-9, 9].Array[3], Gen.Int[0, 4], Gen.Single[0, 5]).Array[1, 6];

    [Fact]
    public void Another_value_label_or_weight_is_another_row() =>
        Gen.Select(Rows, Gen.Int[0, 5], Gen.Int[0, 2]).Sample((rows, at, value) =>
        {
            var row = rows[at % rows.Length];
            float[] moved = [.. row.Values];
            moved[value] += 1;
            foreach (var other in ((float[] Values, int Label, float Weight)[])[row with { Values = moved }, row with { Label = row.Label + 1 }, row with { Weight = row.Weight + 1 }])
            {
                var changed = rows.Select((each, i) => i == at % rows.Length ? other : each).ToArray();
                Assert.NotEqual(Of(rows).Text, Of(changed).Text);
                Assert.NotEqual(Of(rows).Tally, Of(changed).Tally);
                Assert.NotEqual(Of([row]).Last, Of([other]).Last);
            }
        }, iter: 100);

    [Fact]
    public void The_tally_is_that_of_any_order_and_the_text_that_of_one() =>
        Rows.Sample(rows =>
        {
            (float[] Values, int Label, float Weight)[] turned = [.. rows.AsEnumerable().Reverse()];

            Assert.Equal(Of(rows).Tally, Of(turned).Tally);
            Assert.Equal(rows.Length, Of(rows).Tally.Count);
            Assert.Equal(Of(rows).Text, Of([.. rows]).Text);
            Assert.Equal(16, Of(rows).Text.Length);
            Assert.Equal(rows.Select(row => Of([row]).Text).SequenceEqual(turned.Select(row => Of([row]).Text)), Of(rows).Text == Of(turned).Text);
            Assert.Equal(Of([rows[^1]]).Last, Of(rows).Last);
        }, iter: 100);

    [Fact]
    public void Two_rows_that_are_equal_do_not_cancel_out()
    {
        Assert.NotEqual(Of([([1, 2], 0, 1), ([1, 2], 0, 1)]).Tally.Sum, Of([([3, 4], 0, 1), ([3, 4], 0, 1)]).Tally.Sum);
        Assert.NotEqual(Of([([1, 2], 0, 1)]).Tally.Sum, Of([([1, 2], 0, 1), ([1, 2], 0, 1)]).Tally.Sum);
    }

    [Fact]
    public void Rows_in_memory_and_streamed_rows_have_the_same()
    {
        var data = NumberedRows.View(30, i => 1 + i % 4);
        string Hash(IDataView rows, bool streamed) => NumberedRows.Read(rows, streamed).Training.Hash(TestContext.Current.CancellationToken);

        Assert.Equal(Hash(data, streamed: false), Hash(data, streamed: true));
        foreach (var streamed in (bool[])[false, true])
        {
            Assert.NotEqual(Hash(data, streamed), Hash(NumberedRows.View(30, i => 1 + i % 3), streamed));
            Assert.NotEqual(Hash(data, streamed), Hash(NumberedRows.View(29, i => 1 + i % 4), streamed));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sparse_vectors_are_the_dense_ones_with_their_zeros(bool streamed)
    {
        string Hash(params VBuffer<float>[] vectors)
        {
            var definition = SchemaDefinition.Create(typeof(Buffered));
            definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
            var data = new MLContext().Data.LoadFromEnumerable(vectors.Select(vector => new Buffered { Features = vector }), definition);
            return NumberedRows.Read(data, streamed).Training.Hash(TestContext.Current.CancellationToken);
        }

        var full = new VBuffer<float>(4, [9, 9, 9, 9]);
        var dense = Hash(full, new(4, [0, 5, 0, 0]), full, new(4, [0, 0, 0, 0]));

        Assert.Equal(dense, Hash(full, new(4, 1, [5], [1]), full, new(4, 0, [], [])));
        Assert.NotEqual(dense, Hash(full, new(4, 1, [5], [2]), full, new(4, 0, [], [])));
        Assert.NotEqual(dense, Hash(full, new(4, 1, [5], [1]), full, new(4, 1, [5], [1])));
    }

    [Fact]
    public void Of_a_split_each_side_has_its_own_unless_cancelled()
    {
        var data = NumberedRows.View(30);
        (string, string) Hashes(int seed)
        {
            var (training, validation) = NumberedRows.Read(data, streamed: false, new ValidationSplit(0.5, seed));
            return (training.Hash(TestContext.Current.CancellationToken), validation!.Hash(TestContext.Current.CancellationToken));
        }

        Assert.ThrowsAny<OperationCanceledException>(() => NumberedRows.Read(data, streamed: false).Training.Hash(new CancellationToken(canceled: true)));
        Assert.Equal(4, ((string[])[Hashes(1).Item1, Hashes(1).Item2, Hashes(2).Item1, Hashes(2).Item2]).Distinct().Count());
    }

    [Theory]
    [InlineData(CacheRows.All)]
    [InlineData(CacheRows.None)]
    public void A_checkpoint_of_other_example_weights_is_refused(CacheRows cacheRows)
    {
        using var file = new TemporaryFile(".checkpoint");
        var context = new MLContext(seed: 1);
        IDataView Weighted(float first) => SyntheticSequences.Keyed(context, SyntheticSequences.Rows(24)
            .Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = i == 0 ? first : 1 }));
        var options = SyntheticSequences.Options with { CacheRows = cacheRows, ExampleWeightColumnName = "Weight", CheckpointPath = file.Path, ValidationSet = Weighted(1) };
        void Fit(float training, float validation) =>
            context.Transforms.RnnClassifier(options with { ValidationSet = Weighted(validation) }).Fit(Weighted(training)).Dispose();
        Fit(1, 1);

        Assert.Contains("training rows: expected 24 with digest", Assert.Throws<InvalidOperationException>(() => Fit(2, 1)).Message);
        Assert.Contains("validation rows: expected 24 with digest", Assert.Throws<InvalidOperationException>(() => Fit(1, 2)).Message);
        Fit(1, 1);
    }

    private static (RowTally Tally, string Text, UInt128 Last) Of((float[] Values, int Label, float Weight)[] rows)
    {
        using var digest = new RowDigest();
        UInt128 last = 0;
        foreach (var (values, label, weight) in rows)
        {
            last = digest.Add(values, [label], weight);
        }

        Assert.Equal(rows.Length, digest.Count);
        return (digest.Tally, digest.ToString(), last);
    }

    private sealed class Buffered
    {
        public VBuffer<float> Features { get; set; }

        [KeyType(2)]
        public uint Label { get; set; }

        public float Weight { get; set; } = 1;
    }
}

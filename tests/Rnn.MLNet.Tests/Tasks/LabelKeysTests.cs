namespace Rnn.MLNet.Tests.Tasks;

/// <summary>Keys of every width are classes from 0; what is no key of the type is named.</summary>
public sealed class LabelKeysTests
{
    [Fact]
    public void A_key_is_its_class_and_0_is_missing()
    {
        AssertRead<byte>([1, 0, 3, 2], 3);
        AssertRead<ushort>([1, 0, 3, 2], 3);
        AssertRead<uint>([1, 0, 3, 2], 3);
        AssertRead<ulong>([1, 0, 3, 2], 3);
    }

    [Fact]
    public void A_key_beyond_the_classes_is_named()
    {
        AssertRefused<byte>([1, 0, 4], "4");
        AssertRefused<byte>([1, 0, 255], "255");
        AssertRefused<ushort>([1, 0, 65535], "65535");
        AssertRefused<uint>([1, 0, 4], "4");
        AssertRefused<uint>([1, 0, int.MaxValue], "2147483647");
        AssertRefused<uint>([1, 0, uint.MaxValue], "4294967295");
        AssertRefused<ulong>([1, 0, 1L << 32], "4294967296");
        AssertRefused<ulong>([1, 0, ulong.MaxValue], "18446744073709551615");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1_000_000)]
    public void So_many_classes_are_neither_too_few_nor_too_many(int classes)
    {
        var schema = EmptyView.Of(
            ("Label", new KeyDataViewType(typeof(uint), classes)), ("Features", new VectorDataViewType(NumberDataViewType.Single, 6, 2))).Schema;

        Assert.Equal(classes, Classification.Task(schema).Labels.Count);
    }

    [Fact]
    public void Keys_say_what_they_are_and_agree_with_their_like()
    {
        var (plain, named, other, more) = (Keys(3), Keys(3, "a", "b", "c"), Keys(3, "a", "c", "b"), Keys(5, "a", "b", "c", "d", "e"));

        Assert.Equal("3 plain keys", plain.ToString());
        Assert.Equal("3 keys (a, b, c)", named.ToString());
        Assert.Equal("5 keys (a, b, c, d, e)", more.ToString());
        Assert.Equal("6 keys (a, b, c, d, e, …)", Keys(6, "a", "b", "c", "d", "e", "f").ToString());
        Assert.True(named.Agrees(Keys(3, "a", "b", "c")) && named.Agrees(plain) && plain.Agrees(named) && plain.Agrees(Keys(3)));
        Assert.False(named.Agrees(other) || named.Agrees(more) || plain.Agrees(Keys(4)) || Keys(4).Agrees(named));
        Assert.Equal(["a", "b", "c"], named.Names);
        Assert.Null(plain.Names);
        Assert.Equal((3, plain.Type), (named.Count, new KeyDataViewType(typeof(uint), 3)));
    }

    [Fact]
    public void Key_values_are_copied_out_of_their_source()
    {
        char[] source = [.. "abc"];
        var keys = Keys(3, [.. Enumerable.Range(0, 3).Select(i => new ReadOnlyMemory<char>(source, i, 1))]);
        source.AsSpan().Fill('x');
        VBuffer<ReadOnlyMemory<char>> values = default;

        ((ValueGetter<VBuffer<ReadOnlyMemory<char>>>)keys.ValuesGetter!)(ref values);

        Assert.Equal(["a", "b", "c"], values.DenseValues().Select(value => value.ToString()));
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, 3), keys.ValuesType);
    }

    private static void AssertRead<TKey>(TKey[] keys, int classes)
        where TKey : struct
    {
        var data = new LabelledView<TKey>(classes, keys);
        foreach (var budget in (long[])[0, long.MaxValue])
        {
            var reader = new SequenceReader(data, Classification.ColumnsOf(data.Schema), "training");

            var (rows, _) = reader.Read(budget, ValidationSplit.None, TestContext.Current.CancellationToken);

            var batch = rows.InOrder(9, TestContext.Current.CancellationToken).Single();
            Assert.Equal([0, 2, 1], batch.Rows.ToArray().Select(row => batch.Set.Target(row)[0]));
            Assert.Equal([0f, 2f, 3f], batch.Rows.ToArray().Select(row => batch.Set.Values(row)[0]));
            Assert.Equal(1, reader.SkippedRows);
        }
    }

    private static void AssertRefused<TKey>(TKey[] keys, string key)
        where TKey : struct
    {
        var data = new LabelledView<TKey>(3, keys);

        var error = Assert.Throws<InvalidOperationException>(() => new MLContext().Transforms.RnnClassifier(SyntheticSequences.Options).Fit(data));

        Assert.Equal($"The label column 'Label' of the training data must hold keys of 1 to 3; row 2 (counted from 0) holds {key}.", error.Message);
    }

    private static LabelKeys Keys(int count, params string[] names) => Keys(count, [.. names.Select(name => name.AsMemory())]);

    private static LabelKeys Keys(int count, ReadOnlyMemory<char>[] names)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (names.Length > 0)
        {
            annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> destination) =>
                destination = new(names.Length, names));
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), count), annotations.ToAnnotations());
        return LabelKeys.Of(schema.ToSchema()["Label"]);
    }
}

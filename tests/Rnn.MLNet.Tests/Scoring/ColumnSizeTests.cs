namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A column beside the scores counts the memory of each of its rows, so that a batch can be bounded.</summary>
public sealed class ColumnSizeTests
{
    private const int Capacity = 3;

    // A length, and for values and indices each where they begin and how many they are.
    private const int PlacesOfAVector = 5 * sizeof(int);

    [Fact]
    public void A_number_takes_its_size()
    {
        using var single = new ScalarValues<float>((ref float value) => value = 7, Capacity);
        using var wide = new ScalarValues<double>((ref double value) => value = 7, Capacity);

        Assert.Equal(4, single.Read(0));
        Assert.Equal(8, wide.Read(2));
    }

    [Fact]
    public void A_text_takes_its_characters_too()
    {
        using var texts = new ScalarValues<ReadOnlyMemory<char>>((ref ReadOnlyMemory<char> value) => value = "seven".AsMemory(), Capacity);

        Assert.Equal(System.Runtime.CompilerServices.Unsafe.SizeOf<ReadOnlyMemory<char>>() + 10, texts.Read(0));
    }

    [Fact]
    public void A_dense_vector_takes_its_values_and_a_sparse_one_their_places_too()
    {
        VBuffer<double>[] rows = [new(3, [1, 2, 3]), new(100, 2, [4, 5], [10, 90]), new(0, [])];
        var next = 0;
        using var vectors = new VectorValues<double>((ref VBuffer<double> value) => rows[next++].CopyTo(ref value), Capacity);

        Assert.Equal((3 * 8) + PlacesOfAVector, vectors.Read(0));
        Assert.Equal((2 * 8) + (2 * 4) + PlacesOfAVector, vectors.Read(1));
        Assert.Equal(PlacesOfAVector, vectors.Read(2));
        for (var time = 0; time < 2; time++)
        {
            for (var row = Capacity - 1; row >= 0; row--)
            {
                VBuffer<double> value = default;
                vectors.Get(row, ref value);
                Assert.Equal(rows[row].IsDense, value.IsDense);
                Assert.Equal(rows[row].Items(all: false), value.Items(all: false));
                Assert.Equal(rows[row].Length, value.Length);
            }
        }
    }
}

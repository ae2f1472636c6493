using CsCheck;

namespace Rnn.MLNet.Tests.Images;

/// <summary>Which pixel becomes which value of which time step.</summary>
public sealed class SequenceLayoutTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string, SequenceLayout> Numbered => new()
    {
        // 0 1 2
        // 3 4 5
        { "0 1 2 | 3 4 5", SequenceLayout.Rows },
        { "0 3 | 1 4 | 2 5", SequenceLayout.Columns },
        { "0 | 1 | 2 | 3 | 4 | 5", SequenceLayout.Pixels },
        { "0 1 2 | 3 4 5", SequenceLayout.Patches(1, 3) },
        { "0 3 | 1 4 | 2 5", SequenceLayout.Patches(2, 1) },
        { "0 1 2 3 4 5", SequenceLayout.Patches(2, 3) },
    };

    [Theory]
    [MemberData(nameof(Numbered))]
    public void The_pixels_of_a_grey_image(string expected, SequenceLayout layout)
    {
        using var image = Paint.Numbered(2, 3);

        Assert.Equal([expected], Sequences(image, layout));
    }

    [Fact]
    public void Patches_follow_each_other_like_words_on_a_page()
    {
        using var image = Paint.Numbered(4, 6);

        //  0  1  2 |  3  4  5
        //  6  7  8 |  9 10 11
        // 12 13 14 | 15 16 17
        // 18 19 20 | 21 22 23
        Assert.Equal(
            ["0 1 2 6 7 8 | 3 4 5 9 10 11 | 12 13 14 18 19 20 | 15 16 17 21 22 23"],
            Sequences(image, SequenceLayout.Patches(2, 3)));
    }

    public static TheoryData<string, SequenceLayout> Colored => new()
    {
        { "0 100 200 1 101 201 | 2 102 202 3 103 203", SequenceLayout.Rows },
        { "0 100 200 2 102 202 | 1 101 201 3 103 203", SequenceLayout.Columns },
        { "0 100 200 | 1 101 201 | 2 102 202 | 3 103 203", SequenceLayout.Pixels },
        { "0 100 200 1 101 201 2 102 202 3 103 203", SequenceLayout.Patches(2, 2) },
    };

    [Theory]
    [MemberData(nameof(Colored))]
    public void The_colours_of_a_pixel_stay_together(string expected, SequenceLayout layout)
    {
        foreach (var format in (MLPixelFormat[])[MLPixelFormat.Bgra32, MLPixelFormat.Rgba32])
        {
            using var image = Paint.Color(2, 2, (y, x) => (2 * y + x, 100 + 2 * y + x, 200 + 2 * y + x), format);

            Assert.Equal([expected], Sequences(image, layout, colors: ImageColors.Rgb));
        }
    }

    [Theory]
    [InlineData("3 4 5 | 0 1 2", 1, 0)]
    [InlineData("0 1 2 | 3 4 5", 0, 1)]
    public void A_permutation_of_rows(string expected, params int[] permutation)
    {
        using var image = Paint.Numbered(2, 3);

        Assert.Equal([expected], Sequences(image, SequenceLayout.Rows, permutation));
    }

    [Fact]
    public void A_permutation_says_which_step_stands_where()
    {
        using var image = Paint.Numbered(2, 3);

        Assert.Equal(["4 | 0 | 5 | 2 | 1 | 3"], Sequences(image, SequenceLayout.Pixels, [4, 0, 5, 2, 1, 3]));
        Assert.Equal(["2 5 | 0 3 | 1 4"], Sequences(image, SequenceLayout.Columns, [2, 0, 1]));
    }

    [Fact]
    public void Every_value_of_the_image_stands_somewhere_once()
    {
        var sizes = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[0, 1000]);
        sizes.Sample(
            (down, across, height, width, seed) =>
            {
                using var image = Paint.Numbered(down * height, across * width);
                var order = Enumerable.Range(0, down * across).ToArray();
                new Random(seed).Shuffle(order);

                var plain = Steps(image, SequenceLayout.Patches(height, width), null);
                var permuted = Steps(image, SequenceLayout.Patches(height, width), order);

                Assert.Equal(down * across, plain.Length);
                Assert.Equal(Enumerable.Range(0, down * height * across * width), plain.SelectMany(step => step.Split(' ')).Select(int.Parse).Order());
                Assert.Equal(order.Select(step => plain[step]), permuted);
            },
            iter: 30);
    }

    [Fact]
    public void The_same_layouts_are_equal()
    {
        Assert.Equal(SequenceLayout.Patches(2, 3), SequenceLayout.Patches(2, 3));
        Assert.NotEqual(SequenceLayout.Patches(2, 3), SequenceLayout.Patches(3, 2));
        Assert.NotEqual(SequenceLayout.Rows, SequenceLayout.Columns);
        Assert.Equal(
            "Rows, Columns, Pixels, Patches(2, 3)",
            string.Join(", ", SequenceLayout.Rows, SequenceLayout.Columns, SequenceLayout.Pixels, SequenceLayout.Patches(2, 3)));
    }

    private string[] Steps(MLImage image, SequenceLayout layout, int[]? permutation) => Sequences(image, layout, permutation).Single().Split(" | ");

    private List<string> Sequences(MLImage image, SequenceLayout layout, int[]? permutation = null, ImageColors colors = ImageColors.Grayscale)
    {
        var data = new ImageView(image);
        return SequenceText.Of(_context.Transforms.ImageToSequence("Features", "Image", layout, permutation, colors).Fit(data).Transform(data));
    }
}

namespace Rnn.MLNet.Tests.Kernels;

/// <summary>The products of the kernels against sums written out, around the sizes of tiles, panels and caches, in both widths.</summary>
public sealed unsafe class MatrixTileTests
{
    private readonly Random _random = new(1);

    public static TheoryData<int, int, int, int> Sizes => new(
        from rows in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 18]
        from sizes in ((int, int, int)[])[(1, 0, 1), (5, 3, 2), (2, 7, 3), (3, 2, 4), (4, 1, 9)]
        select (rows, sizes.Item1, sizes.Item2, sizes.Item3));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Two_factors_are_added_to_what_there_is(int rows, int length, int secondLength, int panels)
    {
        Multiply<Lanes128>(rows, length, secondLength, panels, initialRows: true);
        Multiply<Lanes256>(rows, length, secondLength, panels, initialRows: true);
        Multiply<Lanes512>(rows, length, secondLength, panels, initialRows: true);
        Multiply<Lanes512>(rows, length, secondLength, panels, initialRows: false);
        Multiply<Lanes1024>(rows, length, secondLength, panels, initialRows: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)]
    public void The_gradient_of_weights_is_summed_over_all_rows(int rows)
    {
        Gradient<Lanes256>(rows);
        Gradient<Lanes512>(rows);
        Gradient<Lanes1024>(rows);
    }

    private void Multiply<T>(int rows, int length, int secondLength, int panels, bool initialRows)
        where T : struct, ILanes<T>
    {
        int panel = 2 * T.Count, columns = panels * panel, targetStride = columns + 3;
        // Numbers of the first factor's rows lie side by side, those of the second's one below the other.
        float[] first = Draw(rows * (length + 2)), second = Draw(secondLength * (rows + 1) + 1);
        float[] weights = Draw(length * columns), secondWeights = Draw(secondLength * columns + 1), initial = Draw(initialRows ? rows * columns : columns);
        var target = Enumerable.Repeat(99f, rows * targetStride).ToArray();
        fixed (float* f = first, s = second, w = weights, v = secondWeights, i = initial, t = target)
        {
            MatrixTile<T>.Multiply(
                new Factor(new Matrix(f, rows, length, length + 2), w), new Factor(new Matrix(s, rows, secondLength, 1, rows + 1), v),
                new Matrix(i, rows, columns, initialRows ? columns : 0), new Matrix(t, rows, columns, targetStride));
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < targetStride; column++)
            {
                if (column >= columns)
                {
                    Assert.Equal(99, target[row * targetStride + column]);
                    continue;
                }

                // In a panel lie the rows of the weights one after the other.
                float Weight(float[] packed, int of, int k) => packed[column / panel * of * panel + k * panel + column % panel];
                var expected = initial[(initialRows ? row * columns : 0) + column]
                    + Enumerable.Range(0, length).Sum(k => first[row * (length + 2) + k] * Weight(weights, length, k))
                    + Enumerable.Range(0, secondLength).Sum(k => second[k * (rows + 1) + row] * Weight(secondWeights, secondLength, k));
                Assert.Equal(expected, target[row * targetStride + column], 1e-5f);
            }
        }
    }

    private void Gradient<T>(int rows)
        where T : struct, ILanes<T>
    {
        const int Length = 3;
        int columns = 4 * T.Count, valuesStride = Length + 2, preActivationsStride = columns + 5;
        float[] values = Draw(rows * valuesStride), preActivations = Draw(rows * preActivationsStride), before = Draw((Length + 1) * columns), gradient = [.. before];
        fixed (float* v = values, s = preActivations, g = gradient)
        {
            WeightGradient<T>.Add(
                new Matrix(v, rows, Length, valuesStride), new Matrix(s, rows, columns, preActivationsStride), new Matrix(g, Length + 1, columns, columns));
        }

        for (var k = 0; k <= Length; k++)
        {
            for (var column = 0; column < columns; column++)
            {
                // Behind the weights: the bias, whose value is 1.
                var added = Enumerable.Range(0, rows).Sum(row => (k < Length ? (double)values[row * valuesStride + k] : 1) * preActivations[row * preActivationsStride + column]);
                Assert.Equal(before[k * columns + column] + added, gradient[k * columns + column], 1e-4);
            }
        }
    }

    private float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.NextSingle() - 0.5f)];
}

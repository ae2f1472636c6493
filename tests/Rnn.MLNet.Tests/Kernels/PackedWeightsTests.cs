namespace Rnn.MLNet.Tests.Kernels;

/// <summary>Where each weight lies when it is packed, and that it comes back to its place.</summary>
public sealed unsafe class PackedWeightsTests
{
    private const int Units = 5, Length = 3, Width = 8, Panel = 4;

    // As those of the GRU: the first gate lies behind the others, and the first block is another product's.
    private static readonly int[] Blocks = [3, 1, 2];

    private static readonly float[] Weights = [.. Enumerable.Range(1, 3 * Units * Length).Select(i => (float)i)];
    private static readonly float[] Square = [.. Enumerable.Range(1, 3 * Units * Units).Select(i => (float)i)];

    [Fact]
    public void Forward_a_column_is_a_unit_of_a_block()
    {
        var packed = new float[Length * 3 * Width];
        fixed (float* weights = Weights, target = packed)
        {
            PackedWeights.Forward(new Matrix(weights, 3 * Units, Length, Length), new GateBlocks(Blocks, Units, Width), Panel, target);
        }

        var expected = new float[packed.Length];
        for (var gate = 0; gate < 3; gate++)
        {
            for (var unit = 0; unit < Units; unit++)
            {
                for (var k = 0; k < Length; k++)
                {
                    var column = (Blocks[gate] - 1) * Width + unit;
                    expected[column / Panel * Panel * Length + k * Panel + column % Panel] = Weights[(gate * Units + unit) * Length + k];
                }
            }
        }

        Assert.Equal(expected, packed);
    }

    [Fact]
    public void Backward_a_row_is_a_unit_of_a_block()
    {
        var packed = new float[3 * Width * Width];
        fixed (float* weights = Square, target = packed)
        {
            PackedWeights.Backward(new Matrix(weights, 3 * Units, Units, Units), new GateBlocks(Blocks, Units, Width), Panel, target);
        }

        var expected = new float[packed.Length];
        for (var gate = 0; gate < 3; gate++)
        {
            for (var unit = 0; unit < Units; unit++)
            {
                for (var column = 0; column < Units; column++)
                {
                    var row = (Blocks[gate] - 1) * Width + unit;
                    expected[column / Panel * Panel * 3 * Width + row * Panel + column % Panel] = Square[(gate * Units + unit) * Units + column];
                }
            }
        }

        Assert.Equal(expected, packed);
    }

    [Fact]
    public void Unpacked_a_weight_is_where_it_was()
    {
        const int Stride = 3 * Width + 2;
        var byBlock = new float[Length * Stride];
        for (var gate = 0; gate < 3; gate++)
        {
            for (var unit = 0; unit < Units; unit++)
            {
                for (var k = 0; k < Length; k++)
                {
                    byBlock[k * Stride + (Blocks[gate] - 1) * Width + unit] = Weights[(gate * Units + unit) * Length + k];
                }
            }
        }

        var weights = new float[Weights.Length];
        fixed (float* source = byBlock, target = weights)
        {
            PackedWeights.Unpack(new Matrix(source, Length, 3 * Width, Stride), new GateBlocks(Blocks, Units, Width), new Matrix(target, 3 * Units, Length, Length));
        }

        Assert.Equal(Weights, weights);
    }

    [Fact]
    public void A_bias_is_added_to_its_blocks()
    {
        var initial = Enumerable.Repeat(0.5f, 4 * Width).ToArray();
        var bias = Weights[..(3 * Units)];
        fixed (float* source = bias, target = initial)
        {
            PackedWeights.AddBias(source, new GateBlocks(Blocks, Units, Width), target);
        }

        var expected = Enumerable.Repeat(0.5f, 4 * Width).ToArray();
        for (var gate = 0; gate < 3; gate++)
        {
            for (var unit = 0; unit < Units; unit++)
            {
                expected[Blocks[gate] * Width + unit] += bias[gate * Units + unit];
            }
        }

        Assert.Equal(expected, initial);
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, 0)]
    [InlineData(new[] { 3, 1, 2 }, 1)]
    [InlineData(new[] { 2 }, 2)]
    public void The_first_block_is_the_least(int[] blocks, int expected)
    {
        Assert.Equal(expected, GateBlocks.First(blocks));
    }
}

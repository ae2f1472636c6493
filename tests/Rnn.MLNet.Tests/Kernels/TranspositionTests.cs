namespace Rnn.MLNet.Tests.Kernels;

/// <summary>A matrix of any shape with rows and columns exchanged, and nothing beside it touched.</summary>
public sealed unsafe class TranspositionTests
{
    private const int Padding = 3;
    private const float Untouched = -1;

    public static MatrixTheoryData<int, int> Shapes { get; } = new([1, 7, 8, 9, 16, 27], [1, 5, 8, 13, 24]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_value_moves_to_its_place(int rows, int columns)
    {
        int stride = columns + Padding, targetStride = rows + Padding;
        float[] values = [.. Enumerable.Range(0, rows * stride).Select(i => (float)i)];
        var transposed = Enumerable.Repeat(Untouched, columns * targetStride).ToArray();
        fixed (float* source = values, target = transposed)
        {
            Transposition.Copy(new Matrix(source, rows, columns, stride), target, targetStride);
        }

        var expected = Enumerable.Range(0, columns).SelectMany(column =>
            Enumerable.Range(0, targetStride).Select(row => row < rows ? values[row * stride + column] : Untouched));
        Assert.Equal(expected, transposed);
    }
}

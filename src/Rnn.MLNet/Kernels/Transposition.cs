using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rnn.MLNet.Kernels;

/// <summary>Copies matrices with rows and columns exchanged, in squares of eight values that are exchanged in registers.</summary>
internal static unsafe class Transposition
{
    private const int Side = 8;

    /// <summary>Copies <paramref name="source"/> transposed.</summary>
    /// <param name="source">The matrix to copy.</param>
    /// <param name="target">Receives the transposed matrix.</param>
    /// <param name="targetStride">The distance between the rows of the target.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(in Matrix source, float* target, nint targetStride)
    {
        nint stride = source.RowStride;
        var row = 0;
        for (; Avx.IsSupported && row <= source.Rows - Side; row += Side)
        {
            float* from = source.Row(row), to = target + row;
            var column = 0;
            for (; column <= source.Columns - Side; column += Side)
            {
                CopySquare(from + column, stride, to + column * targetStride, targetStride);
            }

            CopyEach(from + column, stride, Side, source.Columns - column, to + column * targetStride, targetStride);
        }

        CopyEach(source.Start + row * stride, stride, source.Rows - row, source.Columns, target + row, targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyEach(float* source, nint stride, int rows, int columns, float* target, nint targetStride)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                target[column * targetStride + row] = source[row * stride + column];
            }
        }
    }

    // First the values of two rows are interleaved, then pairs of them, then the halves of the registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare(float* source, nint stride, float* target, nint targetStride)
    {
        Vector256<float> row0 = Vector256.Load(source), row1 = Vector256.Load(source + stride);
        Vector256<float> row2 = Vector256.Load(source + 2 * stride), row3 = Vector256.Load(source + 3 * stride);
        Vector256<float> row4 = Vector256.Load(source + 4 * stride), row5 = Vector256.Load(source + 5 * stride);
        Vector256<float> row6 = Vector256.Load(source + 6 * stride), row7 = Vector256.Load(source + 7 * stride);

        Vector256<double> low01 = Avx.UnpackLow(row0, row1).AsDouble(), high01 = Avx.UnpackHigh(row0, row1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(row2, row3).AsDouble(), high23 = Avx.UnpackHigh(row2, row3).AsDouble();
        Vector256<double> low45 = Avx.UnpackLow(row4, row5).AsDouble(), high45 = Avx.UnpackHigh(row4, row5).AsDouble();
        Vector256<double> low67 = Avx.UnpackLow(row6, row7).AsDouble(), high67 = Avx.UnpackHigh(row6, row7).AsDouble();

        StoreHalves(Avx.UnpackLow(low01, low23), Avx.UnpackLow(low45, low67), target, 4 * targetStride);
        StoreHalves(Avx.UnpackHigh(low01, low23), Avx.UnpackHigh(low45, low67), target + targetStride, 4 * targetStride);
        StoreHalves(Avx.UnpackLow(high01, high23), Avx.UnpackLow(high45, high67), target + 2 * targetStride, 4 * targetStride);
        StoreHalves(Avx.UnpackHigh(high01, high23), Avx.UnpackHigh(high45, high67), target + 3 * targetStride, 4 * targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector256<double> upperRows, Vector256<double> lowerRows, float* target, nint distance)
    {
        Avx.Permute2x128(upperRows, lowerRows, 0x20).AsSingle().Store(target);
        Avx.Permute2x128(upperRows, lowerRows, 0x31).AsSingle().Store(target + distance);
    }
}

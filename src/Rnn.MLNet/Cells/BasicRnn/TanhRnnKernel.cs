using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The kernel of <see cref="BasicRnnCell"/> with tanh, with one block.</summary>
internal sealed unsafe class TanhRnnKernel : ICellKernel
{
    public static int Blocks => 1;

    public static ReadOnlySpan<int> InputBlocks => [0];

    public static ReadOnlySpan<int> RecurrentBlocks => [0];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        var output = state.Output;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < width; unit += 2 * T.Count)
        {
            var next = unit + T.Count;
            T h = T.Load(blocks + unit) * tanh, h2 = T.Load(blocks + next) * tanh;
            LaneMath<T>.PowersOfTwo(ref h, ref h2, lowest, highest, one);
            ((h - one) / (h + one)).Store(output + unit);
            ((h2 - one) / (h2 + one)).Store(output + next);
        }
    }

    public static void Step<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T> => Forward<T>(width, blocks, state);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(int width, float* blocks, in StateRow state, in GradientRow gradient)
        where T : struct, ILanes<T>
    {
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var h = T.Load(state.Output + unit);
            (T.Load(gradient.Output + unit) * (T.Create(1) - h * h)).Store(blocks + unit);
        }
    }
}

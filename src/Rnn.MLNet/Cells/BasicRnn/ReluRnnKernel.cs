using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The kernel of <see cref="BasicRnnCell"/> with ReLU, with one block.</summary>
internal sealed unsafe class ReluRnnKernel : ICellKernel
{
    public static int Blocks => 1;

    public static ReadOnlySpan<int> InputBlocks => [0];

    public static ReadOnlySpan<int> RecurrentBlocks => [0];

    // The least output. By it, a saved state is told from that of a cell with tanh, whose weights have the same names and shapes.
    public static IReadOnlyList<float> Constants => [0];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var sum = T.Load(blocks + unit);
            sum.WherePositive(sum).Store(state.Output + unit);
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
            T.Load(gradient.Output + unit).WherePositive(T.Load(state.Output + unit)).Store(blocks + unit);
        }
    }
}

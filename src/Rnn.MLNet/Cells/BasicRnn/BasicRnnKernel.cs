using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The kernel of <see cref="BasicRnnCell"/>, with one block.</summary>
internal sealed unsafe class BasicRnnKernel : ICellKernel
{
    public static int Blocks => 1;

    public static ReadOnlySpan<int> InputBlocks => [0];

    public static ReadOnlySpan<int> RecurrentBlocks => [0];

    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        for (var unit = 0; unit < width; unit += T.Count)
        {
            LaneMath<T>.Tanh(T.Load(blocks + unit)).Store(state.Output + unit);
        }
    }

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

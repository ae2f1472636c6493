using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The kernel of the LSTM without extensions (Hochreiter and Schmidhuber, 1997; Gers et al., 2000); blocks and gates i, f, g, o.</summary>
internal sealed unsafe class LstmKernel : ICellKernel
{
    public static int Blocks => 4;

    public static ReadOnlySpan<int> InputBlocks => [0, 1, 2, 3];

    public static ReadOnlySpan<int> RecurrentBlocks => [0, 1, 2, 3];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        float* inputs = blocks, forgets = inputs + width, candidates = forgets + width, outputs = candidates + width;
        float* previousCell = state.PreviousCell, cell = state.Cell, output = state.Output;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            T i = T.Load(inputs + unit), f = T.Load(forgets + unit), g = T.Load(candidates + unit);
            LstmActivations<T>.Update(ref i, ref f, ref g, lowest, highest, one);
            i.Store(inputs + unit);
            f.Store(forgets + unit);
            g.Store(candidates + unit);
            T.MultiplyAdd(T.Load(previousCell + unit), f, i * g).Store(cell + unit);
        }

        // A loop of its own: in one loop, each turn would wait for its cell state before it could begin with the output.
        for (var unit = 0; unit < width; unit += T.Count)
        {
            T o = T.Load(outputs + unit), c = T.Load(cell + unit);
            LstmActivations<T>.Output(ref o, ref c, lowest, highest, one);
            o.Store(outputs + unit);
            c.Store(output + unit);
        }
    }

    // With the powers I, F and G of which the gates are fractions, the new state is one fraction:
    // c / (1 + F) + (G - 1) / ((1 + I) (G + 1)) = (c (1 + I) (G + 1) + (G - 1) (1 + F)) / ((1 + I) (G + 1) (1 + F)).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        float* inputs = blocks, forgets = inputs + width, candidates = forgets + width, outputs = candidates + width;
        float* previousCell = state.PreviousCell, cell = state.Cell, output = state.Output;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        T sigmoid = T.Create(-LaneMath<T>.LogTwoOfE), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            T i = T.Load(inputs + unit) * sigmoid, f = T.Load(forgets + unit) * sigmoid, g = T.Load(candidates + unit) * tanh;
            LaneMath<T>.PowersOfTwo(ref i, ref f, ref g, lowest, highest, one);
            f += one;
            var product = (i + one) * (g + one);
            (T.MultiplyAdd(T.Load(previousCell + unit), product, (g - one) * f) / (product * f)).Store(cell + unit);
        }

        for (var unit = 0; unit < width; unit += T.Count)
        {
            T o = T.Load(outputs + unit) * sigmoid, c = T.Load(cell + unit) * tanh;
            LaneMath<T>.PowersOfTwo(ref o, ref c, lowest, highest, one);
            ((c - one) / ((o + one) * (c + one))).Store(output + unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(int width, float* blocks, in StateRow state, in GradientRow gradient)
        where T : struct, ILanes<T>
    {
        float* inputs = blocks, forgets = inputs + width, candidates = forgets + width, outputs = candidates + width;
        float* previousCell = state.PreviousCell, output = state.Output, outputGradient = gradient.Output, cellGradient = gradient.Cell, previousGradient = gradient.PreviousCell;
        var one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var i = T.Load(inputs + unit);
            var f = T.Load(forgets + unit);
            var g = T.Load(candidates + unit);
            var o = T.Load(outputs + unit);
            // The output gate is never 0: LaneMath bounds its exponent.
            var tanh = T.Load(output + unit) / o;
            var dh = T.Load(outputGradient + unit);
            var dc = T.MultiplyAdd(dh * o, one - tanh * tanh, T.Load(cellGradient + unit));
            (dc * g * i * (one - i)).Store(inputs + unit);
            (dc * T.Load(previousCell + unit) * f * (one - f)).Store(forgets + unit);
            (dc * i * (one - g * g)).Store(candidates + unit);
            (dh * tanh * o * (one - o)).Store(outputs + unit);
            (dc * f).Store(previousGradient + unit);
        }
    }
}

using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The kernel of the LSTM without extensions (Hochreiter and Schmidhuber, 1997; Gers et al., 2000); blocks and gates i, f, g, o.</summary>
internal sealed unsafe class LstmKernel : ICellKernel
{
    public static int Blocks => 4;

    public static ReadOnlySpan<int> InputBlocks => [0, 1, 2, 3];

    public static ReadOnlySpan<int> RecurrentBlocks => [0, 1, 2, 3];

    // Written as fractions of powers, the four activations take one division, and the output another: σ(i) = 1 / (1 + 2⁻ⁱ), tanh(g) = (2ᵍ − 1) / (2ᵍ + 1).
    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        float* inputs = blocks, forgets = inputs + width, candidates = forgets + width, outputs = candidates + width;
        float* previousCell = state.PreviousCell, cell = state.Cell, output = state.Output;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        T sigmoid = T.Create(-LaneMath<T>.LogTwoOfE), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var i = one + LaneMath<T>.PowerOfTwo(T.Load(inputs + unit) * sigmoid, lowest, highest, one);
            var f = one + LaneMath<T>.PowerOfTwo(T.Load(forgets + unit) * sigmoid, lowest, highest, one);
            var g = LaneMath<T>.PowerOfTwo(T.Load(candidates + unit) * tanh, lowest, highest, one);
            var sum = g + one;
            var product = i * sum;
            var inverse = one / (product * f);
            g = (g - one) * i * f * inverse;
            i = sum * f * inverse;
            f = product * inverse;
            i.Store(inputs + unit);
            f.Store(forgets + unit);
            g.Store(candidates + unit);
            T.MultiplyAdd(T.Load(previousCell + unit), f, i * g).Store(cell + unit);
        }

        // A loop of its own: in one loop, each turn would wait for its cell state before it could begin with the output.
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var o = one + LaneMath<T>.PowerOfTwo(T.Load(outputs + unit) * sigmoid, lowest, highest, one);
            var c = LaneMath<T>.PowerOfTwo(T.Load(cell + unit) * tanh, lowest, highest, one);
            var sum = c + one;
            var inverse = one / (o * sum);
            (sum * inverse).Store(outputs + unit);
            ((c - one) * inverse).Store(output + unit);
        }
    }

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

using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The kernel of the LSTM without extensions (Hochreiter and Schmidhuber, 1997; Gers et al., 2000); blocks and gates i, f, g, o.</summary>
internal sealed unsafe class LstmKernel : ICellKernel
{
    public static int Blocks => 4;

    public static ReadOnlySpan<int> InputBlocks => [0, 1, 2, 3];

    public static ReadOnlySpan<int> RecurrentBlocks => [0, 1, 2, 3];

    public static void Forward<T>(int width, float* blocks, in StateRow state)
        where T : struct, ILanes<T>
    {
        float* inputs = blocks, forgets = inputs + width, candidates = forgets + width, outputs = candidates + width;
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var i = LaneMath<T>.Sigmoid(T.Load(inputs + unit));
            var f = LaneMath<T>.Sigmoid(T.Load(forgets + unit));
            var g = LaneMath<T>.Tanh(T.Load(candidates + unit));
            var o = LaneMath<T>.Sigmoid(T.Load(outputs + unit));
            var c = T.MultiplyAdd(f, T.Load(state.PreviousCell + unit), i * g);
            i.Store(inputs + unit);
            f.Store(forgets + unit);
            g.Store(candidates + unit);
            o.Store(outputs + unit);
            c.Store(state.Cell + unit);
            (o * LaneMath<T>.Tanh(c)).Store(state.Output + unit);
        }
    }

    public static void Backward<T>(int width, float* blocks, in StateRow state, in GradientRow gradient)
        where T : struct, ILanes<T>
    {
        float* inputs = blocks, forgets = inputs + width, candidates = forgets + width, outputs = candidates + width;
        var one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var i = T.Load(inputs + unit);
            var f = T.Load(forgets + unit);
            var g = T.Load(candidates + unit);
            var o = T.Load(outputs + unit);
            var tanh = LaneMath<T>.Tanh(T.Load(state.Cell + unit));
            var dh = T.Load(gradient.Output + unit);
            var dc = T.MultiplyAdd(dh * o, one - tanh * tanh, T.Load(gradient.Cell + unit));
            (dc * g * i * (one - i)).Store(inputs + unit);
            (dc * T.Load(state.PreviousCell + unit) * f * (one - f)).Store(forgets + unit);
            (dc * i * (one - g * g)).Store(candidates + unit);
            (dh * tanh * o * (one - o)).Store(outputs + unit);
            (dc * f).Store(gradient.Cell + unit);
        }
    }
}

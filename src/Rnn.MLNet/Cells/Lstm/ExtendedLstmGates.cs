using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The element-wise part of <see cref="ExtendedLstmStep{T}"/> for one row; blocks i, f, g, o.</summary>
/// <param name="width">The number of values in a block.</param>
/// <param name="peepholes">The peepholes of i, f and o, each as wide as a block; zeros if there are none.</param>
/// <param name="clip">The bound of the cell state; infinity if there is none.</param>
internal sealed unsafe class ExtendedLstmGates<T>(int width, AlignedFloats peepholes, float clip)
    where T : struct, ILanes<T>
{
    // The loops are methods of their own, small enough for the JIT to inline all operations.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void UpdateCell(float* inputs, float* cellBefore, float* cellAfter, float* mask)
    {
        float* forgets = inputs + width, candidates = forgets + width;
        float* inputPeepholes = peepholes.Start, forgetPeepholes = inputPeepholes + width;
        T lower = T.Create(-clip), upper = T.Create(clip);
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var c = T.Load(cellBefore + unit);
            T i = T.MultiplyAdd(T.Load(inputPeepholes + unit), c, T.Load(inputs + unit)), f = T.MultiplyAdd(T.Load(forgetPeepholes + unit), c, T.Load(forgets + unit));
            var g = T.Load(candidates + unit);
            LstmActivations<T>.Update(ref i, ref f, ref g, lowest, highest, one);
            i.Store(inputs + unit);
            f.Store(forgets + unit);
            g.Store(candidates + unit);
            g = mask is null ? g : g * T.Load(mask + unit);
            T.Clamp(T.MultiplyAdd(f, c, i * g), lower, upper).Store(cellAfter + unit);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Output(float* gates, float* cell, float* outputs)
    {
        float* openings = gates + 3 * width, outputPeepholes = peepholes.Start + 2 * width;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var c = T.Load(cell + unit);
            var o = T.MultiplyAdd(T.Load(outputPeepholes + unit), c, T.Load(openings + unit));
            LstmActivations<T>.Output(ref o, ref c, lowest, highest, one);
            o.Store(openings + unit);
            c.Store(outputs + unit);
        }
    }

    /// <summary>Replaces the output gate by the gradient of its pre-activation, and adds the way through the output to the gradient of the cell state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void OutputBackward(float* gates, float* cell, float* outputs, float* outputGradients, float* cellGradients)
    {
        float* openings = gates + 3 * width, outputPeepholes = peepholes.Start + 2 * width;
        T one = T.Create(1), bound = T.Create(clip);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var o = T.Load(openings + unit);
            var tanh = T.Load(outputs + unit) / o;
            var dh = T.Load(outputGradients + unit);
            var opening = dh * tanh * o * (one - o);
            opening.Store(openings + unit);
            var dc = T.MultiplyAdd(dh * o, one - tanh * tanh, T.Load(cellGradients + unit));
            // A clipped state does not depend on what it was computed from.
            T.MultiplyAdd(opening, T.Load(outputPeepholes + unit), dc).WhereInside(T.Load(cell + unit), bound).Store(cellGradients + unit);
        }
    }

    /// <summary>Replaces the other gates by the gradients of their pre-activations, and computes the gradient of the cell state before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void UpdateCellBackward(float* inputs, float* cellBefore, float* cellGradients, float* previousGradients, float* mask)
    {
        float* forgets = inputs + width, candidates = forgets + width;
        float* inputPeepholes = peepholes.Start, forgetPeepholes = inputPeepholes + width;
        var one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var i = T.Load(inputs + unit);
            var f = T.Load(forgets + unit);
            var g = T.Load(candidates + unit);
            var dc = T.Load(cellGradients + unit);
            var kept = mask is null ? one : T.Load(mask + unit);
            var input = dc * g * kept * i * (one - i);
            var forget = dc * T.Load(cellBefore + unit) * f * (one - f);
            input.Store(inputs + unit);
            forget.Store(forgets + unit);
            (dc * i * kept * (one - g * g)).Store(candidates + unit);
            var previous = T.MultiplyAdd(input, T.Load(inputPeepholes + unit), dc * f);
            T.MultiplyAdd(forget, T.Load(forgetPeepholes + unit), previous).Store(previousGradients + unit);
        }
    }
}

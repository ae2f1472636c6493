namespace Rnn.MLNet.Kernels;

/// <summary>A layer's run over time, forward and back: matrix products by <see cref="MatrixTile{T}"/>, the rest by the cell.</summary>
internal sealed unsafe class RecurrenceKernel<TCell, T> : IRecurrenceKernel
    where TCell : ICellKernel
    where T : struct, ILanes<T>
{
    public int Panel => 2 * T.Count;

    public void Forward(KernelMemory memory, float* inputs, int length, float* kernel, float* recurrent, float* bias)
    {
        var (batch, steps, _, width, _, keeps) = memory;
        var stride = TCell.Blocks * width;
        float* sums = KernelMemory.Address(memory.Sums), outputs = KernelMemory.Address(memory.Outputs), cells = KernelMemory.Address(memory.Cells);
        var step = (long)batch * width;
        for (var t = 0; t < steps; t++)
        {
            var x = new Factor(inputs + (long)t * length, steps * length, 1, length, kernel);
            var h = new Factor(outputs, width, 1, memory.Units, recurrent);
            Add(batch, x, h, width, bias, sums, stride);
            var nextCells = keeps ? cells + step : cells;
            for (var row = 0; row < batch; row++)
            {
                var at = (long)row * width;
                TCell.Forward<T>(width, sums + (long)row * stride, new StateRow(outputs + at, outputs + step + at, cells + at, nextCells + at));
            }

            sums += keeps ? (long)batch * stride : 0;
            outputs += step;
            cells = nextCells;
        }
    }

    public void Backward(KernelMemory memory, float* recurrent, float* gradients, bool everyStep, float* cells)
    {
        var (batch, steps, _, width, _, _) = memory;
        var stride = TCell.Blocks * width;
        float* sums = KernelMemory.Address(memory.Sums), outputs = KernelMemory.Address(memory.Outputs), states = KernelMemory.Address(memory.Cells);
        var step = (long)batch * width;
        var first = PackedWeights.First(TCell.RecurrentBlocks) * width;
        var (gradient, previous) = everyStep
            ? ((nint)(gradients + steps * step), (nint)(gradients + (steps - 1) * step))
            : ((nint)(gradients + step), (nint)gradients);
        for (var t = steps - 1; t >= 0; t--)
        {
            var blocks = sums + (long)t * batch * stride;
            for (var row = 0; row < batch; row++)
            {
                var at = (long)row * width;
                var before = t * step + at;
                TCell.Backward<T>(
                    width, blocks + (long)row * stride,
                    new StateRow(outputs + before, outputs + step + before, states + before, states + step + before),
                    new GradientRow((float*)gradient + at, (float*)previous + at, cells + at));
            }

            if (t == 0)
            {
                return;
            }

            var factor = new Factor(blocks + first, stride, 1, TCell.RecurrentBlocks.Length * width, recurrent);
            MatrixTile<T>.Multiply(batch, factor, default, width, (float*)previous, width, (float*)previous, width);
            if (everyStep)
            {
                (gradient, previous) = (previous, previous - (nint)(step * sizeof(float)));
            }
            else
            {
                (gradient, previous) = (previous, gradient);
                new Span<float>((float*)previous, (int)step).Clear();
            }
        }
    }

    public void OfWeights(KernelMemory memory, float* values, int valuesStride, int length, float* sums, int columns, float* gradient) =>
        WeightGradient<T>.Add(
            (long)memory.Steps * memory.Batch, values, valuesStride, length, sums, TCell.Blocks * memory.Width, columns, gradient);

    /// <summary>sums = bias + inputs · kernel + state · recurrent, each over the blocks that it feeds.</summary>
    private static void Add(int batch, in Factor x, in Factor h, int width, float* bias, float* sums, int stride)
    {
        int both = PackedWeights.First(TCell.RecurrentBlocks), end = TCell.InputBlocks.Length;
        // Blocks that only the inputs feed come first, those that only the state feeds last.
        MatrixTile<T>.Multiply(batch, x, default, both * width, bias, 0, sums, stride);
        MatrixTile<T>.Multiply(
            batch, x.From(0, both * width), h, (end - both) * width, bias + both * width, 0, sums + both * width, stride);
        MatrixTile<T>.Multiply(
            batch, h.From(0, (end - both) * width), default, (TCell.Blocks - end) * width, bias + end * width, 0, sums + end * width, stride);
    }
}

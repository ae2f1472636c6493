namespace Rnn.MLNet.Kernels;

/// <summary>A layer's run over time, forward and back: matrix products by <see cref="MatrixTile{T}"/>, the rest by the cell.</summary>
internal static unsafe class RecurrenceKernel<TCell, T>
    where TCell : ICellKernel
    where T : struct, ILanes<T>
{
    /// <summary>Runs over the sequence.</summary>
    /// <param name="memory">What is left behind.</param>
    /// <param name="inputs">The first row's first step; the steps of a row lie one after the other.</param>
    /// <param name="length">Numbers of a step.</param>
    /// <param name="kernel">Packed weights of the inputs.</param>
    /// <param name="recurrent">Packed weights of the state.</param>
    /// <param name="bias">One number for each sum.</param>
    public static void Forward(KernelMemory memory, float* inputs, int length, float* kernel, float* recurrent, float* bias)
    {
        var (batch, steps, _, width, _, keeps) = memory;
        var stride = TCell.Blocks * width;
        float* sums = KernelMemory.Address(memory.Sums), outputs = KernelMemory.Address(memory.Outputs), cells = KernelMemory.Address(memory.Cells);
        var step = (long)batch * width;
        for (var t = 0; t < steps; t++)
        {
            var x = new Factor(inputs + (long)t * length, steps * length, length, kernel);
            var h = new Factor(outputs, width, memory.Units, recurrent);
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

    /// <summary>Turns the sums of every step into their gradients.</summary>
    /// <param name="memory">What <see cref="Forward"/> left behind.</param>
    /// <param name="recurrent">Weights of the state, packed for the way back.</param>
    /// <param name="gradients">
    /// Those of the outputs, <c>[steps, batch, width]</c>; what the later steps add to them is added in place.
    /// </param>
    /// <param name="cells">Zeros, <c>[batch, width]</c>.</param>
    public static void Backward(KernelMemory memory, float* recurrent, float* gradients, float* cells)
    {
        var (batch, steps, _, width, _, _) = memory;
        var stride = TCell.Blocks * width;
        float* sums = KernelMemory.Address(memory.Sums), outputs = KernelMemory.Address(memory.Outputs), states = KernelMemory.Address(memory.Cells);
        var step = (long)batch * width;
        var first = PackedWeights.First(TCell.RecurrentBlocks) * width;
        for (var t = steps - 1; t >= 0; t--)
        {
            // Nobody asks for the gradient of the zero state: it goes where it does no harm.
            var gradient = gradients + t * step;
            var previous = t > 0 ? gradient - step : gradient;
            var blocks = sums + (long)t * batch * stride;
            for (var row = 0; row < batch; row++)
            {
                var at = (long)row * width;
                var before = t * step + at;
                TCell.Backward<T>(
                    width, blocks + (long)row * stride,
                    new StateRow(outputs + before, outputs + step + before, states + before, states + step + before),
                    new GradientRow(gradient + at, previous + at, cells + at));
            }

            if (t > 0)
            {
                var factor = new Factor(blocks + first, stride, TCell.RecurrentBlocks.Length * width, recurrent);
                MatrixTile<T>.Multiply(batch, factor, default, width, previous, width, previous, width);
            }
        }
    }

    /// <summary>sums = bias + inputs · kernel + state · recurrent, each over the blocks that it feeds.</summary>
    private static void Add(int batch, in Factor x, in Factor h, int width, float* bias, float* sums, int stride)
    {
        int both = PackedWeights.First(TCell.RecurrentBlocks), end = TCell.InputBlocks.Length;
        // Blocks that only the inputs feed come first, those that only the state feeds last.
        MatrixTile<T>.Multiply(batch, x, default, both * width, bias, 0, sums, stride);
        MatrixTile<T>.Multiply(
            batch, x.At(0, both * width), h, (end - both) * width, bias + both * width, 0, sums + both * width, stride);
        MatrixTile<T>.Multiply(
            batch, h.At(0, (end - both) * width), default, (TCell.Blocks - end) * width, bias + end * width, 0, sums + end * width, stride);
    }
}

namespace Rnn.MLNet.Kernels;

/// <summary>
/// The forward and backward pass of a cell over a sequence: <see cref="MatrixTile{T}"/> computes the matrix products, the cell's kernel the
/// element-wise part.
/// </summary>
internal sealed unsafe class RecurrenceKernel<TCell, T> : IRecurrenceKernel
    where TCell : ICellKernel
    where T : struct, ILanes<T>
{
    public int Panel => 2 * T.Count;

    public void Forward(SavedActivations activations, in MatrixSeries inputs, in ForwardWeights weights)
    {
        var (_, steps, units, width, _, keeps) = activations;
        var preActivations = SavedActivations.ByStep(activations.PreActivations);
        var outputs = SavedActivations.ByStep(activations.Outputs);
        var cells = SavedActivations.ByStep(activations.CellStates);
        var bias = new Matrix(weights.Bias, activations.Batch, TCell.Blocks * width, rowStride: 0);
        for (var t = 0; t < steps; t++)
        {
            var blocks = preActivations[keeps ? t : 0];
            Matrix previous = outputs[t], output = outputs[t + 1], previousCell = cells[keeps ? t : 0], cell = cells[keeps ? t + 1 : 0];
            PreActivate(new Factor(inputs[t], weights.Kernel), new Factor(previous.SomeColumns(0, units), weights.RecurrentKernel), bias, width, blocks);
            for (var row = 0; row < blocks.Rows; row++)
            {
                TCell.Forward<T>(
                    width, blocks.Row(row), new StateRow(previous.Row(row), output.Row(row), previousCell.Row(row), cell.Row(row)));
            }
        }
    }

    public void Backward(SavedActivations activations, float* recurrentKernel, in MatrixSeries gradients, bool everyStep, in Matrix cellGradients)
    {
        var (_, steps, _, width, _, _) = activations;
        var preActivations = SavedActivations.ByStep(activations.PreActivations);
        var outputs = SavedActivations.ByStep(activations.Outputs);
        var cells = SavedActivations.ByStep(activations.CellStates);
        var recurrent = activations.BlocksOf(TCell.RecurrentBlocks);
        int firstColumn = recurrent.FirstColumn, columns = recurrent.Columns;
        for (var t = steps - 1; t >= 0; t--)
        {
            // If only the gradient of the last output is given, two buffers are used alternately.
            var (at, before) = everyStep ? (t + 1, t) : ((steps - t) % 2, (steps - t + 1) % 2);
            Matrix blocks = preActivations[t], gradient = gradients[at], previousGradient = gradients[before];
            Matrix previous = outputs[t], output = outputs[t + 1], previousCell = cells[t], cell = cells[t + 1];
            for (var row = 0; row < blocks.Rows; row++)
            {
                TCell.Backward<T>(
                    width, blocks.Row(row),
                    new StateRow(previous.Row(row), output.Row(row), previousCell.Row(row), cell.Row(row)),
                    new GradientRow(gradient.Row(row), previousGradient.Row(row), cellGradients.Row(row)));
            }

            if (t == 0)
            {
                return;
            }

            MatrixTile<T>.Multiply(new Factor(blocks.SomeColumns(firstColumn, columns), recurrentKernel), default, previousGradient, previousGradient);
            if (!everyStep)
            {
                new Span<float>(gradient.Start, gradient.Rows * gradient.RowStride).Clear();
            }
        }
    }

    public void AddWeightGradient(in Matrix values, in Matrix preActivations, in Matrix gradient) =>
        WeightGradient<T>.Add(values, preActivations, gradient);

    /// <summary>
    /// Computes pre-activations = initial + inputs · kernel + state · recurrent kernel. Each product covers only the blocks to which it contributes.
    /// </summary>
    public static void PreActivate(in Factor inputs, in Factor state, in Matrix initial, int width, in Matrix preActivations)
    {
        int both = GateBlocks.First(TCell.RecurrentBlocks) * width, end = TCell.InputBlocks.Length * width, all = TCell.Blocks * width;
        // In this order: blocks with contributions from the inputs only, from both, and from the state only.
        MatrixTile<T>.Multiply(inputs, default, initial.SomeColumns(0, both), preActivations.SomeColumns(0, both));
        MatrixTile<T>.Multiply(inputs.From(0, both), state, initial.SomeColumns(both, end - both), preActivations.SomeColumns(both, end - both));
        MatrixTile<T>.Multiply(state.From(0, end - both), default, initial.SomeColumns(end, all - end), preActivations.SomeColumns(end, all - end));
    }
}

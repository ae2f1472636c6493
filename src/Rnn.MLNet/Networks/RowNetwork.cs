using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Networks;

/// <summary>
/// Runs a network over the whole sequence of a single row, on the calling thread, without libtorch and without allocating memory. It computes what
/// <see cref="RecurrentNetwork"/> does.
/// </summary>
internal sealed unsafe class RowNetwork(PackedNetwork network)
{
    private readonly NetworkSpec _spec = network.Spec;
    private readonly StepInput _input = new(network.Spec);

    /// <summary>The number of outputs of a time step, padded.</summary>
    public int OutputWidth => network.Head.Width;

    /// <summary>Returns the memory for a row.</summary>
    /// <param name="everyStep">Whether the outputs are computed after every time step.</param>
    public RowMemory NewMemory(bool everyStep) => new(network, everyStep);

    /// <summary>Computes the outputs of a row.</summary>
    /// <param name="sequence">The features, <c>[time, features]</c>. Missing values are NaN.</param>
    /// <param name="memory">Receives the outputs.</param>
    /// <returns>Whether the input stage accepts all features; if not, there are no outputs.</returns>
    public bool TryRun(ReadOnlySpan<float> sequence, RowMemory memory)
    {
        var steps = _spec.TimeSteps;
        for (var step = 0; step < steps; step++)
        {
            if (_input.TryRead(sequence.Slice(step * _spec.Features, _spec.Features), memory.Inputs.Values.Slice(step * _spec.Inputs, _spec.Inputs)) >= 0)
            {
                return false;
            }
        }

        Matrix values = new(memory.Inputs.Start, steps, _spec.Inputs, _spec.Inputs), outputs = default;
        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            outputs = memory.OutputsOf(layer);
            for (var direction = 0; direction < network.Layers[layer].Count; direction++)
            {
                Run(network.Layers[layer][direction], backward: direction == 1, values, outputs, memory);
            }

            values = outputs;
        }

        ApplyHead(outputs, memory);
        // What is computed with are addresses, which keep nothing alive.
        GC.KeepAlive(this);
        GC.KeepAlive(memory);
        return true;
    }

    /// <summary>Runs a layer in one direction.</summary>
    private static void Run(ICellStep cell, bool backward, in Matrix inputs, in Matrix outputs, RowMemory memory)
    {
        int steps = inputs.Rows, size = cell.Parts[0].Count, column = backward ? size : 0;
        var projected = memory.Projected.Start;
        new Span<float>(memory.States.Start, cell.StateSize).Clear();
        cell.Project(inputs, projected);
        for (var t = 0; t < steps; t++)
        {
            var step = backward ? steps - 1 - t : t;
            float* before = memory.States.Start + t % 2 * cell.StateSize, after = memory.States.Start + (t + 1) % 2 * cell.StateSize;
            cell.Run(projected + (long)step * cell.ProjectedSize, before, after, memory.Scratch.Start);
            new ReadOnlySpan<float>(after, size).CopyTo(new Span<float>(outputs.Row(step) + column, size));
        }
    }

    private void ApplyHead(in Matrix outputs, RowMemory memory)
    {
        var summary = memory.Summary.Values;
        summary.Clear();
        int steps = outputs.Rows, last = steps - 1, size = outputs.Columns;
        for (var step = 0; step < steps; step++)
        {
            var output = new ReadOnlySpan<float>(outputs.Row(step), size);
            if (_spec.ReadOut == ReadOut.MeanPool)
            {
                for (var i = 0; i < size; i++)
                {
                    memory.Sums[i] = (step == 0 ? 0 : memory.Sums[i]) + output[i];
                    summary[i] = (float)(memory.Sums[i] / (step + 1));
                }
            }
            else
            {
                output.CopyTo(summary);
            }

            if (step == last && _spec is { ReadOut: ReadOut.FinalState, Bidirectional: true })
            {
                // The final state of the other direction is its output of the first time step.
                new ReadOnlySpan<float>(outputs.Row(0) + size / 2, size / 2).CopyTo(summary[(size / 2)..]);
            }

            if (memory.EveryStep || step == last)
            {
                network.Head.Multiply(memory.Summary.Start, memory.Outputs.Start + (memory.EveryStep ? step * OutputWidth : 0));
            }
        }
    }
}

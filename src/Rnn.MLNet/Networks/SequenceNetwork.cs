using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Networks;

/// <summary>
/// Runs a network over the sequences of some rows, on the calling thread, without libtorch and without allocating memory. It computes what
/// <see cref="RecurrentNetwork"/> does; the outputs of a row do not depend, in any bit, on the rows beside it.
/// </summary>
internal sealed unsafe class SequenceNetwork(PackedNetwork network)
{
    private readonly NetworkSpec _spec = network.Spec;
    private readonly StepInput _input = new(network.Spec);

    /// <summary>Returns memory for rows.</summary>
    /// <param name="rows">The largest number of rows.</param>
    /// <param name="everyStep">Whether the outputs are computed after every time step, which requires a network of one direction.</param>
    public SequenceMemory NewMemory(int rows, bool everyStep) => new(network, rows, everyStep);

    /// <summary>Computes the outputs of rows. Those of a row with a feature that the input stage does not accept are NaN.</summary>
    /// <param name="features">The features, <c>[rows, time, features]</c>. Missing values are NaN.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="memory">Receives the outputs.</param>
    public void Run(AlignedFloats features, int rows, SequenceMemory memory)
    {
        if (memory.AppliesStage)
        {
            ApplyStage(features.Values, memory, rows);
        }

        var inputs = memory.StageResults ?? features;
        var values = new MatrixSeries(new Matrix(inputs.Start, rows, _spec.Inputs, _spec.TimeSteps * _spec.Inputs), _spec.Inputs);
        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            for (var direction = 0; direction < network.Layers[layer].Count; direction++)
            {
                Run(layer, direction, values, memory, rows);
            }

            values = memory.LayerOutputs(layer, rows);
        }

        ApplyHead(values, memory, rows);
        if (memory.AppliesStage)
        {
            for (var row = 0; row < rows; row++)
            {
                if (!memory.IsAccepted[row])
                {
                    memory.OutputsOf(row).Fill(float.NaN);
                }
            }
        }

        // What is computed with are addresses, which keep nothing alive.
        GC.KeepAlive(this);
        GC.KeepAlive(features);
        GC.KeepAlive(memory);
    }

    private void ApplyStage(ReadOnlySpan<float> features, SequenceMemory memory, int rows)
    {
        int steps = _spec.TimeSteps, count = _spec.Features, inputs = _spec.Inputs;
        var results = memory.StageResults!.Values;
        for (var row = 0; row < rows; row++)
        {
            var isAccepted = true;
            for (var step = row * steps; step < (row + 1) * steps; step++)
            {
                isAccepted &= _input.TryRead(features.Slice(step * count, count), results.Slice(step * inputs, inputs)) < 0;
            }

            memory.IsAccepted[row] = isAccepted;
        }
    }

    /// <summary>Runs a layer in one direction, and stores its outputs or its final state.</summary>
    private void Run(int layer, int direction, in MatrixSeries inputs, SequenceMemory memory, int rows)
    {
        var cell = network.Layers[layer][direction];
        int steps = _spec.TimeSteps, size = cell.Parts[0].Count, column = direction * size;
        var outputs = memory.LayerOutputs(layer, rows);
        var storesSteps = layer < network.Layers.Count - 1 || memory.ReadsEveryStep;
        var scratch = new Matrix(memory.Scratch.Start, rows, cell.ScratchSize, cell.ScratchSize);
        var states = new MatrixSeries(new Matrix(memory.States.Start, rows, cell.StateSize, cell.StateSize), (long)rows * cell.StateSize);
        // In memory for a single row, the products with the inputs are computed for all time steps at once.
        var projected = memory.Projected is { } values
            ? new MatrixSeries(new Matrix(values.Start, 1, cell.ProjectedSize, cell.ProjectedSize), cell.ProjectedSize)
            : new MatrixSeries(new Matrix(cell.Bias, rows, cell.ProjectedSize, rowStride: 0), 0);
        if (memory.Projected is not null)
        {
            cell.Project(inputs.FirstRows(steps), projected.FirstRows(steps));
        }

        new Span<float>(memory.States.Start, rows * cell.StateSize).Clear();
        for (var t = 0; t < steps; t++)
        {
            var step = direction == 0 ? t : steps - 1 - t;
            var after = states[(t + 1) % 2];
            cell.Run(new StepRows(
                memory.Projected is null ? inputs[step] : inputs[step].SomeColumns(0, 0), projected[step], states[t % 2], after, scratch, isFirst: t == 0));
            if (storesSteps)
            {
                Copy(after, size, outputs[step].SomeColumns(column, size));
            }
        }

        if (!storesSteps)
        {
            Copy(states[steps % 2], size, memory.Summaries(rows).SomeColumns(column, size));
        }
    }

    private void ApplyHead(in MatrixSeries outputs, SequenceMemory memory, int rows)
    {
        int steps = _spec.TimeSteps, size = memory.SummarySize;
        var summaries = memory.Summaries(rows);
        if (memory.EveryStep || _spec.ReadOut == ReadOut.MeanPool)
        {
            new Span<double>(memory.Sums).Clear();
            for (var step = 0; step < steps; step++)
            {
                Summarize(outputs[step], memory, step + 1, summaries);
                if (memory.EveryStep)
                {
                    network.Head.Multiply(summaries, memory.HeadOutputs(step, rows));
                }
            }
        }
        else if (_spec.ReadOut == ReadOut.LastOutput)
        {
            Copy(outputs[steps - 1], size, summaries);
        }

        if (!memory.EveryStep)
        {
            network.Head.Multiply(summaries, memory.HeadOutputs(0, rows));
        }
    }

    /// <summary>Computes the read-out of the first time steps.</summary>
    private void Summarize(in Matrix output, SequenceMemory memory, int steps, in Matrix summaries)
    {
        if (_spec.ReadOut != ReadOut.MeanPool)
        {
            Copy(output, summaries.Columns, summaries);
            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            var sums = memory.Sums.AsSpan(row * summaries.Columns, summaries.Columns);
            float* values = output.Row(row), means = summaries.Row(row);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += values[i];
                means[i] = (float)(sums[i] / steps);
            }
        }
    }

    private static void Copy(in Matrix rows, int columns, in Matrix target)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            new ReadOnlySpan<float>(rows.Row(row), columns).CopyTo(new Span<float>(target.Row(row), columns));
        }
    }
}

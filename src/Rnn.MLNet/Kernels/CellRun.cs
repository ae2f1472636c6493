using System.Numerics.Tensors;
using Rnn.MLNet.Native;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Runs a cell over the sequences of a minibatch, forward and, if every time step is kept, backward. Its memory is kept for the next minibatch. Not for
/// several threads at the same time.
/// </summary>
/// <param name="cell">The cell, with its weights.</param>
/// <param name="keepsSteps">Whether every time step is kept for a backward pass; otherwise only what the next one needs.</param>
internal sealed unsafe class CellRun(ICellStep cell, bool keepsSteps) : IDisposable
{
    private AlignedFloats _inputs = new(0), _states = new(0), _activations = new(0), _gradients = new(0), _masks = new(0);
    private int _maskWidth;
    private int _rows;
    private int _steps;
    private int _inputSize;

    private int OutputSize => cell.Parts[0].Count;

    /// <summary>Runs the cell from a zero state.</summary>
    /// <param name="weights">The weights, in the order of the cell.</param>
    /// <param name="inputs">The inputs, <c>[batch, time, inputs]</c>.</param>
    /// <param name="masks">The factors of recurrent dropout, <c>[time, batch, units]</c>; null for none.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step instead of the last one only.</param>
    /// <returns>The outputs of every time step, <c>[batch, time, outputs]</c>, or of the last one, <c>[batch, outputs]</c>.</returns>
    public Tensor Forward(IReadOnlyList<Tensor> weights, Tensor inputs, Tensor? masks, bool everyStep)
    {
        cell.Load(weights.Addresses());
        GC.KeepAlive(weights);
        var shape = inputs.shape;
        (_rows, _steps, _inputSize) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        Grow(ref _inputs, (long)(keepsSteps ? _steps : 1) * _rows * _inputSize);
        Grow(ref _states, (long)(keepsSteps ? _steps + 1 : 2) * _rows * cell.StateSize);
        Grow(ref _activations, (long)(keepsSteps ? _steps : 1) * _rows * cell.ScratchSize);
        CopyMasks(masks);
        new Span<float>(_states.Start, _rows * cell.StateSize).Clear();

        // Only the features must be contiguous. Rows and time steps may have any stride, such as in the time-major outputs of the previous layer.
        using var readable = inputs.stride(2) == 1 ? inputs.alias() : inputs.contiguous();
        var source = TensorMemory.AddressOfFirst(readable);
        long rowStride = readable.stride(0), stepStride = readable.stride(1);
        var outputs = everyStep ? empty([_steps, _rows, OutputSize], ScalarType.Float32, CPU) : empty([_rows, OutputSize], ScalarType.Float32, CPU);
        var target = TensorMemory.Address(outputs);
        for (var t = 0; t < _steps; t++)
        {
            var step = Step(t);
            for (var row = 0; row < _rows; row++)
            {
                new ReadOnlySpan<float>(source + row * rowStride + t * stepStride, _inputSize).CopyTo(new Span<float>(step.Inputs.Row(row), _inputSize));
            }

            cell.Run(step);
            if (everyStep || t == _steps - 1)
            {
                Copy(step.After, target + (everyStep ? (long)t * _rows * OutputSize : 0));
            }
        }

        GC.KeepAlive(readable);
        return everyStep ? outputs.transpose(0, 1) : outputs;
    }

    /// <summary>Differentiates the last forward pass, whose memory it overwrites.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradient">The gradient of the outputs, in their shape.</param>
    /// <param name="everyStep">Whether the outputs of every time step were returned.</param>
    /// <param name="weightGradients">Receive the gradients of the weights, each in the shape of its weight.</param>
    /// <param name="ofInputs">Whether the gradient of the inputs is needed.</param>
    /// <returns>The gradient of the inputs, <c>[batch, time, inputs]</c>; null if it is not needed.</returns>
    public Tensor? Backward(IReadOnlyList<Tensor> weights, Tensor gradient, bool everyStep, IReadOnlyList<Tensor> weightGradients, bool ofInputs)
    {
        cell.LoadBackward(weights.Addresses());
        using var given = (everyStep ? gradient.transpose(0, 1) : gradient).contiguous();
        var outputs = TensorMemory.Address(given);
        Grow(ref _gradients, 2L * _rows * cell.StateSize);
        _gradients.Values.Clear();
        for (var t = _steps - 1; t >= 0; t--)
        {
            Matrix after = Gradient(_steps - 1 - t), before = Gradient(_steps - t);
            if (everyStep || t == _steps - 1)
            {
                Add(outputs + (everyStep ? (long)t * _rows * OutputSize : 0), after);
            }

            cell.Backward(Step(t), after, before);
        }

        GC.KeepAlive(given);
        var all = _steps * _rows;
        var states = new Matrix(_states.Start, all + _rows, cell.StateSize, cell.StateSize);
        var history = new CellHistory(
            new Matrix(_inputs.Start, all, _inputSize, _inputSize), states.SomeRows(0, all), states.SomeRows(_rows, all),
            new Matrix(_activations.Start, all, cell.ScratchSize, cell.ScratchSize));
        cell.WeightGradients(history, weightGradients.Addresses());
        var inputs = ofInputs ? InputGradient(history) : null;
        GC.KeepAlive(weightGradients);
        GC.KeepAlive(weights);
        GC.KeepAlive(this);
        return inputs;
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _states.Dispose();
        _activations.Dispose();
        _gradients.Dispose();
        _masks.Dispose();
    }

    private Tensor InputGradient(in CellHistory history)
    {
        var size = cell.InputGradientSize;
        var padded = empty([_steps, _rows, size], ScalarType.Float32, CPU);
        cell.InputGradients(history, new Matrix(TensorMemory.Address(padded), _steps * _rows, size, size));
        return padded.narrow(2, 0, _inputSize).transpose(0, 1);
    }

    private StepRows Step(int t)
    {
        int slot = keepsSteps ? t : 0, before = keepsSteps ? t : t % 2, after = keepsSteps ? t + 1 : (t + 1) % 2;
        return new StepRows(
            Matrices(_inputs, _inputSize)[slot], new Matrix(cell.Bias, _rows, cell.ProjectedSize, rowStride: 0),
            Matrices(_states, cell.StateSize)[before], Matrices(_states, cell.StateSize)[after], Matrices(_activations, cell.ScratchSize)[slot],
            _maskWidth == 0 ? default : Matrices(_masks, _maskWidth)[t], isFirst: t == 0, keepsSteps);
    }

    private Matrix Gradient(int step) => Matrices(_gradients, cell.StateSize)[step % 2];

    private MatrixSeries Matrices(AlignedFloats values, int columns) => new(new Matrix(values.Start, _rows, columns, columns), (long)_rows * columns);

    private void Copy(in Matrix states, float* target)
    {
        for (var row = 0; row < _rows; row++)
        {
            new ReadOnlySpan<float>(states.Row(row), OutputSize).CopyTo(new Span<float>(target + row * OutputSize, OutputSize));
        }
    }

    private void Add(float* gradients, in Matrix target)
    {
        for (var row = 0; row < _rows; row++)
        {
            var sums = new Span<float>(target.Row(row), OutputSize);
            TensorPrimitives.Add(sums, new ReadOnlySpan<float>(gradients + row * OutputSize, OutputSize), sums);
        }
    }

    /// <summary>Copies masks, each row padded to whole panels of the widest registers.</summary>
    private void CopyMasks(Tensor? masks)
    {
        _maskWidth = masks is null ? 0 : PanelWidth.Of<Lanes1024>((int)masks.shape[2]);
        if (masks is null)
        {
            return;
        }

        var (units, rows) = ((int)masks.shape[2], _steps * _rows);
        Grow(ref _masks, (long)rows * _maskWidth);
        var source = TensorMemory.Address(masks);
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(source + (long)row * units, units).CopyTo(new Span<float>(_masks.Start + (long)row * _maskWidth, units));
        }

        GC.KeepAlive(masks);
    }

    private static void Grow(ref AlignedFloats memory, long count)
    {
        if (memory.Values.Length < count)
        {
            memory.Dispose();
            memory = new AlignedFloats(count);
        }
    }
}

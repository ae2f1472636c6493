using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The time step of <see cref="LstmCell"/> with any of its extensions, and of an LSTM with recurrent dropout; computes what
/// <see cref="ExtendedLstmRecurrence"/> does. Blocks and gates i, f, g, o; with a projection, its input m, the gradient of m and that of the output follow.
/// </summary>
internal sealed unsafe class ExtendedLstmStep<T> : ICellStep
    where T : struct, ILanes<T>
{
    private static readonly int[] Blocks = [0, 1, 2, 3], OneBlock = [0];

    private readonly int _units;
    private readonly int _width;
    private readonly int _outputs;
    private readonly int _outputWidth;
    private readonly bool _hasPeepholes;
    private readonly float _cellClip;
    private readonly float _projectionClip;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;
    private readonly AlignedFloats _peepholes;
    private readonly RowProduct<T>? _projection;
    private readonly Lazy<PackedTranspose<T>> _kernelBack;
    private readonly Lazy<PackedTranspose<T>> _recurrentBack;
    private readonly Lazy<PackedTranspose<T>> _projectionBack;
    private readonly Lazy<ProductGradient<T>> _kernelGradient;
    private readonly Lazy<ProductGradient<T>> _recurrentGradient;
    private readonly Lazy<ProductGradient<T>> _projectionGradient;

    public ExtendedLstmStep(LstmCell cell, int inputs)
    {
        var units = cell.Units;
        var outputs = cell.ProjectionSize ?? units;
        _units = units;
        _outputs = outputs;
        _width = PanelWidth.Of<T>(units);
        _outputWidth = PanelWidth.Of<T>(outputs);
        _hasPeepholes = cell.UsePeepholes;
        // No value is beyond a bound of infinity, and a peephole of 0 changes nothing.
        _cellClip = (float?)cell.CellClip ?? float.PositiveInfinity;
        _projectionClip = (float?)cell.ProjectionClip ?? float.PositiveInfinity;
        _kernel = new PackedMatrix<T>(units, inputs, Blocks);
        _recurrentKernel = new PackedMatrix<T>(units, outputs, Blocks);
        _bias = new AlignedFloats(ProjectedSize);
        _peepholes = new AlignedFloats(Lstm.PeepholeGates.Count * _width);
        _projection = cell.ProjectionSize is null ? null : new RowProduct<T>(outputs, units);
        _kernelBack = new(() => new(units, inputs, Blocks));
        _recurrentBack = new(() => new(units, outputs, Blocks));
        _projectionBack = new(() => new(outputs, units, OneBlock));
        _kernelGradient = new(() => new(units, inputs, Blocks));
        _recurrentGradient = new(() => new(units, outputs, Blocks));
        _projectionGradient = new(() => new(outputs, units, OneBlock));
        Parts = [new(0, outputs), new(_outputWidth, units)];
        Constants = [_cellClip, _projectionClip];
    }

    public int StateSize => _outputWidth + _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => Blocks.Length * _width;

    public int ScratchSize => ProjectedSize + (_projection is null ? 0 : 2 * _width + _outputWidth);

    public IReadOnlyList<float> Constants { get; }

    public float* Bias => _bias.Start;

    public int InputGradientSize => _kernelBack.Value.Width;

    private int PeepholePlace => 3;

    private int ProjectionPlace => _hasPeepholes ? 4 : 3;

    /// <summary>Packs kernel, recurrent kernel, bias and, if the cell has them, peepholes and projection.</summary>
    public void Load(float*[] weights)
    {
        _kernel.Load(weights[0]);
        _recurrentKernel.Load(weights[1]);
        _bias.Values.Clear();
        PackedWeights.AddBias(weights[2], new GateBlocks(Blocks, _units, _width), Bias);
        if (_hasPeepholes)
        {
            _peepholes.Values.Clear();
            PackedWeights.AddBias(weights[PeepholePlace], new GateBlocks([0, 1, 2], _units, _width), _peepholes.Start);
        }

        _projection?.Load(weights[ProjectionPlace], []);
    }

    public void Project(in Matrix inputs, in Matrix projected) =>
        MatrixTile<T>.Multiply(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), projected);

    public void Run(in StepRows rows)
    {
        Matrix before = rows.Before, after = rows.After, gates = rows.Scratch;
        MatrixTile<T>.Multiply(
            _kernel.Times(rows.Inputs), _recurrentKernel.Times(before.SomeColumns(0, _outputs)), rows.Initial, gates.SomeColumns(0, ProjectedSize));
        for (var row = 0; row < rows.Count; row++)
        {
            var output = _projection is null ? after.Row(row) : gates.Row(row) + ProjectedSize;
            UpdateCell(gates.Row(row), before.Row(row) + _outputWidth, after.Row(row) + _outputWidth, MaskOf(rows, row));
            Output(gates.Row(row), after.Row(row) + _outputWidth, output);
        }

        if (_projection is not null)
        {
            _projection.Multiply(gates.SomeColumns(ProjectedSize, _units), after.SomeColumns(0, _outputWidth));
            for (var row = 0; row < rows.Count; row++)
            {
                Clip(after.Row(row));
            }
        }
    }

    public void LoadBackward(float*[] weights)
    {
        _kernelBack.Value.Load(weights[0]);
        _recurrentBack.Value.Load(weights[1]);
        if (_projection is not null)
        {
            _projectionBack.Value.Load(weights[ProjectionPlace]);
        }
    }

    public void Backward(in StepRows rows, in Matrix after, in Matrix before)
    {
        var gates = rows.Scratch;
        if (_projection is not null)
        {
            // Behind the input of the projection: its gradient, and that of the output where it was not clipped.
            var ofOutput = gates.SomeColumns(ProjectedSize + 2 * _width, _outputWidth);
            for (var row = 0; row < rows.Count; row++)
            {
                KeepUnclipped(rows.After.Row(row), after.Row(row), ofOutput.Row(row));
            }

            var ofInput = gates.SomeColumns(ProjectedSize + _width, _width);
            Clear(ofInput);
            MatrixTile<T>.Multiply(_projectionBack.Value.Times(ofOutput), default, ofInput, ofInput);
        }

        for (var row = 0; row < rows.Count; row++)
        {
            float* values = gates.Row(row), gradient = after.Row(row), previous = before.Row(row);
            float* output = _projection is null ? rows.After.Row(row) : values + ProjectedSize;
            float* outputGradient = _projection is null ? gradient : values + ProjectedSize + _width;
            OutputBackward(values, rows.After.Row(row) + _outputWidth, output, outputGradient, gradient + _outputWidth);
            UpdateCellBackward(values, rows.Before.Row(row) + _outputWidth, gradient + _outputWidth, previous + _outputWidth, MaskOf(rows, row));
            new Span<float>(previous, _outputWidth).Clear();
        }

        var target = before.SomeColumns(0, _outputWidth);
        MatrixTile<T>.Multiply(_recurrentBack.Value.Times(gates), default, target, target);
    }

    public void WeightGradients(in CellHistory history, float*[] gradients)
    {
        var gates = history.Gradients;
        _kernelGradient.Value.Compute(history.Inputs, gates, gradients[0], gradients[2]);
        _recurrentGradient.Value.Compute(history.Before, gates, gradients[1], null);
        if (_hasPeepholes)
        {
            PeepholeGradients(history, gradients[PeepholePlace]);
        }

        if (_projection is not null)
        {
            _projectionGradient.Value.Compute(
                gates.SomeColumns(ProjectedSize, _width), gates.SomeColumns(ProjectedSize + 2 * _width, _outputWidth), gradients[ProjectionPlace], null);
        }
    }

    public void InputGradients(in CellHistory history, in Matrix target)
    {
        Clear(target);
        MatrixTile<T>.Multiply(_kernelBack.Value.Times(history.Gradients), default, target, target);
    }

    private static float* MaskOf(in StepRows rows, int row) => rows.Mask.Rows == 0 ? null : rows.Mask.Row(row);

    private static void Clear(in Matrix matrix)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            new Span<float>(matrix.Row(row), matrix.Columns).Clear();
        }
    }

    // The loops are methods of their own, small enough for the JIT to inline all operations.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void UpdateCell(float* inputs, float* cellBefore, float* cellAfter, float* mask)
    {
        float* forgets = inputs + _width, candidates = forgets + _width;
        float* inputPeepholes = _peepholes.Start, forgetPeepholes = inputPeepholes + _width;
        T lower = T.Create(-_cellClip), upper = T.Create(_cellClip);
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        T sigmoid = T.Create(-LaneMath<T>.LogTwoOfE), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var c = T.Load(cellBefore + unit);
            var i = one + LaneMath<T>.PowerOfTwo(T.MultiplyAdd(T.Load(inputPeepholes + unit), c, T.Load(inputs + unit)) * sigmoid, lowest, highest, one);
            var f = one + LaneMath<T>.PowerOfTwo(T.MultiplyAdd(T.Load(forgetPeepholes + unit), c, T.Load(forgets + unit)) * sigmoid, lowest, highest, one);
            var g = LaneMath<T>.PowerOfTwo(T.Load(candidates + unit) * tanh, lowest, highest, one);
            // One division for all three, as in LstmKernel.
            var sum = g + one;
            var product = i * sum;
            var inverse = one / (product * f);
            g = (g - one) * i * f * inverse;
            i = sum * f * inverse;
            f = product * inverse;
            i.Store(inputs + unit);
            f.Store(forgets + unit);
            g.Store(candidates + unit);
            g = mask is null ? g : g * T.Load(mask + unit);
            T.Clamp(T.MultiplyAdd(f, c, i * g), lower, upper).Store(cellAfter + unit);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Output(float* gates, float* cell, float* outputs)
    {
        float* openings = gates + 3 * _width, peepholes = _peepholes.Start + 2 * _width;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        T sigmoid = T.Create(-LaneMath<T>.LogTwoOfE), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var c = T.Load(cell + unit);
            var o = one + LaneMath<T>.PowerOfTwo(T.MultiplyAdd(T.Load(peepholes + unit), c, T.Load(openings + unit)) * sigmoid, lowest, highest, one);
            c = LaneMath<T>.PowerOfTwo(c * tanh, lowest, highest, one);
            var sum = c + one;
            var inverse = one / (o * sum);
            (sum * inverse).Store(openings + unit);
            ((c - one) * inverse).Store(outputs + unit);
        }
    }

    private void Clip(float* outputs)
    {
        T lower = T.Create(-_projectionClip), upper = T.Create(_projectionClip);
        for (var output = 0; output < _outputWidth; output += T.Count)
        {
            T.Clamp(T.Load(outputs + output), lower, upper).Store(outputs + output);
        }
    }

    private void KeepUnclipped(float* outputs, float* gradients, float* target)
    {
        var bound = T.Create(_projectionClip);
        for (var output = 0; output < _outputWidth; output += T.Count)
        {
            T.Load(gradients + output).WhereInside(T.Load(outputs + output), bound).Store(target + output);
        }
    }

    /// <summary>Replaces the output gate by the gradient of its pre-activation, and adds the way through the output to the gradient of the cell state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OutputBackward(float* gates, float* cell, float* outputs, float* outputGradients, float* cellGradients)
    {
        float* openings = gates + 3 * _width, peepholes = _peepholes.Start + 2 * _width;
        T one = T.Create(1), bound = T.Create(_cellClip);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var o = T.Load(openings + unit);
            var tanh = T.Load(outputs + unit) / o;
            var dh = T.Load(outputGradients + unit);
            var opening = dh * tanh * o * (one - o);
            opening.Store(openings + unit);
            var dc = T.MultiplyAdd(dh * o, one - tanh * tanh, T.Load(cellGradients + unit));
            // A clipped state does not depend on what it was computed from.
            T.MultiplyAdd(opening, T.Load(peepholes + unit), dc).WhereInside(T.Load(cell + unit), bound).Store(cellGradients + unit);
        }
    }

    /// <summary>Replaces the other gates by the gradients of their pre-activations, and computes the gradient of the cell state before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void UpdateCellBackward(float* inputs, float* cellBefore, float* cellGradients, float* previousGradients, float* mask)
    {
        float* forgets = inputs + _width, candidates = forgets + _width;
        float* inputPeepholes = _peepholes.Start, forgetPeepholes = inputPeepholes + _width;
        var one = T.Create(1);
        for (var unit = 0; unit < _width; unit += T.Count)
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

    private void PeepholeGradients(in CellHistory history, float* gradients)
    {
        new Span<float>(gradients, Lstm.PeepholeGates.Count * _units).Clear();
        for (var row = 0; row < history.Gradients.Rows; row++)
        {
            float* gates = history.Gradients.Row(row), before = history.Before.Row(row) + _outputWidth, after = history.After.Row(row) + _outputWidth;
            for (var unit = 0; unit < _units; unit++)
            {
                gradients[unit] += gates[unit] * before[unit];
                gradients[_units + unit] += gates[_width + unit] * before[unit];
                gradients[2 * _units + unit] += gates[3 * _width + unit] * after[unit];
            }
        }
    }
}

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
    private readonly float _projectionClip;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;
    private readonly AlignedFloats _peepholes;
    private readonly ExtendedLstmGates<T> _gates;
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
        var cellClip = (float?)cell.CellClip ?? float.PositiveInfinity;
        _projectionClip = (float?)cell.ProjectionClip ?? float.PositiveInfinity;
        _kernel = new PackedMatrix<T>(units, inputs, Blocks);
        _recurrentKernel = new PackedMatrix<T>(units, outputs, Blocks);
        _bias = new AlignedFloats(ProjectedSize);
        _peepholes = new AlignedFloats(Lstm.PeepholeGates.Count * _width);
        _gates = new ExtendedLstmGates<T>(_width, _peepholes, cellClip);
        _projection = cell.ProjectionSize is null ? null : new RowProduct<T>(outputs, units);
        _kernelBack = new(() => new(units, inputs, Blocks));
        _recurrentBack = new(() => new(units, outputs, Blocks));
        _projectionBack = new(() => new(outputs, units, OneBlock));
        _kernelGradient = new(() => new(units, inputs, Blocks));
        _recurrentGradient = new(() => new(units, outputs, Blocks));
        _projectionGradient = new(() => new(outputs, units, OneBlock));
        Parts = [new(0, outputs), new(_outputWidth, units)];
        Constants = [cellClip, _projectionClip];
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
            _kernel.Times(rows.Inputs), _recurrentKernel.Times(rows.OutputsBefore(_outputs)), rows.Initial, gates.SomeColumns(0, ProjectedSize));
        for (var row = 0; row < rows.Count; row++)
        {
            var output = _projection is null ? after.Row(row) : gates.Row(row) + ProjectedSize;
            _gates.UpdateCell(gates.Row(row), before.Row(row) + _outputWidth, after.Row(row) + _outputWidth, MaskOf(rows, row));
            _gates.Output(gates.Row(row), after.Row(row) + _outputWidth, output);
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
            _gates.OutputBackward(values, rows.After.Row(row) + _outputWidth, output, outputGradient, gradient + _outputWidth);
            _gates.UpdateCellBackward(values, rows.Before.Row(row) + _outputWidth, gradient + _outputWidth, previous + _outputWidth, MaskOf(rows, row));
            new Span<float>(previous, _outputWidth).Clear();
        }

        if (!rows.IsFirst)
        {
            var target = before.SomeColumns(0, _outputWidth);
            MatrixTile<T>.Multiply(_recurrentBack.Value.Times(gates), default, target, target);
        }
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

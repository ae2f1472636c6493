using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>The time step of <see cref="LstmCell"/> with any of its extensions; computes what <see cref="ExtendedLstmRecurrence"/> does.</summary>
internal sealed unsafe class ExtendedLstmStep<T> : ICellStep
    where T : struct, ILanes<T>
{
    private static readonly int[] Blocks = [0, 1, 2, 3];

    private readonly int _units;
    private readonly int _width;
    private readonly int _outputWidth;
    private readonly float _cellClip;
    private readonly float _projectionClip;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;
    private readonly AlignedFloats _peepholes;
    private readonly RowProduct<T>? _projection;

    public ExtendedLstmStep(LstmCell cell, CellWeights weights)
    {
        var units = cell.Units;
        var outputs = cell.ProjectionSize ?? units;
        _units = units;
        _width = PackedMatrix<T>.Width(units);
        _outputWidth = PackedMatrix<T>.Width(outputs);
        // No value is beyond a bound of infinity, and a peephole of 0 changes nothing.
        _cellClip = (float?)cell.CellClip ?? float.PositiveInfinity;
        _projectionClip = (float?)cell.ProjectionClip ?? float.PositiveInfinity;
        _kernel = new PackedMatrix<T>(weights.Values(WeightNames.Kernel), units, Blocks);
        _recurrentKernel = new PackedMatrix<T>(weights.Values(WeightNames.RecurrentKernel), units, Blocks);
        _bias = PackedMatrix<T>.Bias(Blocks.Length * _width, units, weights.Values(WeightNames.Bias), Blocks);
        _peepholes = cell.UsePeepholes
            ? PackedMatrix<T>.Bias(Lstm.PeepholeGates.Count * _width, units, weights.Values(Lstm.Peepholes), [0, 1, 2])
            : new AlignedFloats(Lstm.PeepholeGates.Count * _width);
        _projection = cell.ProjectionSize is null ? null : new RowProduct<T>(weights.Values(Lstm.Projection), new float[outputs]);
        Parts = [new(0, outputs), new(_outputWidth, units)];
        Constants = [_cellClip, _projectionClip];
    }

    public int StateSize => _outputWidth + _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => Blocks.Length * _width;

    public int ScratchSize => ProjectedSize;

    public IReadOnlyList<float> Constants { get; }

    public float* Bias => _bias.Start;

    public void Project(in Matrix inputs, in Matrix projected) =>
        MatrixTile<T>.Multiply(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), projected);

    public void Run(in StepRows rows)
    {
        Matrix before = rows.Before, after = rows.After, gates = rows.Scratch;
        MatrixTile<T>.Multiply(_kernel.Times(rows.Inputs), _recurrentKernel.Times(before.SomeColumns(0, _recurrentKernel.Length)), rows.Initial, gates);
        for (var row = 0; row < rows.Count; row++)
        {
            // Before a projection, the outputs take the place of the input gates.
            float* output = _projection is null ? after.Row(row) : gates.Row(row);
            Activate(gates.Row(row), before.Row(row) + _outputWidth, after.Row(row) + _outputWidth, output);
        }

        if (_projection is not null)
        {
            _projection.Multiply(gates.SomeColumns(0, _units), after.SomeColumns(0, _outputWidth));
            for (var row = 0; row < rows.Count; row++)
            {
                Clip(after.Row(row));
            }
        }
    }

    // Not inlined, so that the JIT inlines all operations of the loop.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Activate(float* gates, float* cellBefore, float* cellAfter, float* outputs)
    {
        float* forgets = gates + _width, candidates = forgets + _width, openings = candidates + _width;
        float* inputPeepholes = _peepholes.Start, forgetPeepholes = inputPeepholes + _width, outputPeepholes = forgetPeepholes + _width;
        T lower = T.Create(-_cellClip), upper = T.Create(_cellClip);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var c = T.Load(cellBefore + unit);
            var i = LaneMath<T>.Sigmoid(T.MultiplyAdd(T.Load(inputPeepholes + unit), c, T.Load(gates + unit)));
            var f = LaneMath<T>.Sigmoid(T.MultiplyAdd(T.Load(forgetPeepholes + unit), c, T.Load(forgets + unit)));
            var g = LaneMath<T>.Tanh(T.Load(candidates + unit));
            c = T.Clamp(T.MultiplyAdd(f, c, i * g), lower, upper);
            var o = LaneMath<T>.Sigmoid(T.MultiplyAdd(T.Load(outputPeepholes + unit), c, T.Load(openings + unit)));
            c.Store(cellAfter + unit);
            (o * LaneMath<T>.Tanh(c)).Store(outputs + unit);
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
}

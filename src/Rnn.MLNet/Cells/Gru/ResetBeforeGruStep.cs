using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The time step of <see cref="GruCell"/> with reset before the product; computes what <see cref="ResetBeforeGruRecurrence"/> does. Blocks and gates
/// r, z, n.
/// </summary>
internal sealed unsafe class ResetBeforeGruStep<T> : ICellStep
    where T : struct, ILanes<T>
{
    private static readonly int[] Blocks = [0, 1, 2];

    private readonly int _width;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;

    public ResetBeforeGruStep(GruCell cell, CellWeights weights)
    {
        _width = PackedMatrix<T>.Width(cell.Units);
        _kernel = new PackedMatrix<T>(weights.Values(WeightNames.Kernel), cell.Units, Blocks);
        _recurrentKernel = new PackedMatrix<T>(weights.Values(WeightNames.RecurrentKernel), cell.Units, Blocks);
        _bias = PackedMatrix<T>.Bias(Blocks.Length * _width, cell.Units, weights.Values(WeightNames.Bias), Blocks);
        Parts = [new(0, cell.Units)];
    }

    public int StateSize => _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => Blocks.Length * _width;

    // The gates, followed by the state that the reset gate lets pass.
    public int ScratchSize => ProjectedSize + _width;

    public IReadOnlyList<float> Constants => [];

    public float* Bias => _bias.Start;

    public void Project(in Matrix inputs, in Matrix projected) =>
        MatrixTile<T>.Multiply(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), projected);

    public void Run(in StepRows rows)
    {
        int gateColumns = 2 * _width, units = _recurrentKernel.Length;
        Matrix before = rows.Before, after = rows.After, scratch = rows.Scratch;
        Matrix candidates = scratch.SomeColumns(gateColumns, _width), passed = scratch.SomeColumns(gateColumns + _width, _width);
        var inputs = _kernel.Times(rows.Inputs);
        MatrixTile<T>.Multiply(
            inputs, _recurrentKernel.Times(before.SomeColumns(0, units)), rows.Initial.SomeColumns(0, gateColumns), scratch.SomeColumns(0, gateColumns));
        for (var row = 0; row < rows.Count; row++)
        {
            Reset(scratch.Row(row), before.Row(row), passed.Row(row));
        }

        MatrixTile<T>.Multiply(
            inputs.From(0, gateColumns), _recurrentKernel.Times(passed.SomeColumns(0, units)).From(0, gateColumns),
            rows.Initial.SomeColumns(gateColumns, _width), candidates);
        for (var row = 0; row < rows.Count; row++)
        {
            Update(scratch.Row(row) + _width, candidates.Row(row), before.Row(row), after.Row(row));
        }
    }

    // The loops are methods of their own, small enough for the JIT to inline all operations.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reset(float* gates, float* before, float* passed)
    {
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1), sigmoid = T.Create(-LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            (T.Load(before + unit) / (one + LaneMath<T>.PowerOfTwo(T.Load(gates + unit) * sigmoid, lowest, highest, one))).Store(passed + unit);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Update(float* updates, float* candidates, float* before, float* after)
    {
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1);
        T sigmoid = T.Create(-LaneMath<T>.LogTwoOfE), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var z = one + LaneMath<T>.PowerOfTwo(T.Load(updates + unit) * sigmoid, lowest, highest, one);
            var n = LaneMath<T>.PowerOfTwo(T.Load(candidates + unit) * tanh, lowest, highest, one);
            // One division for both: z = sum / (z · sum), n = (n − 1) · z / (z · sum).
            var sum = n + one;
            var inverse = one / (z * sum);
            n = (n - one) * z * inverse;
            T.MultiplyAdd(sum * inverse, T.Load(before + unit) - n, n).Store(after + unit);
        }
    }
}

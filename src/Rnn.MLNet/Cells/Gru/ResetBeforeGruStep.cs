using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// One time step of <see cref="GruCell"/> with reset before the product; computes what <see cref="ResetBeforeGruRecurrence"/> does. Blocks and gates
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

    public void Project(in Matrix inputs, float* projected) => MatrixTile<T>.Multiply(
        _kernel.Times(inputs), default, new Matrix(_bias.Start, inputs.Rows, ProjectedSize, rowStride: 0), new Matrix(projected, inputs.Rows, ProjectedSize, ProjectedSize));

    public void Run(float* projected, float* before, float* after, float* scratch)
    {
        float* updates = scratch + _width, candidates = updates + _width, passed = candidates + _width;
        RowTile<T>.Multiply(_recurrentKernel.Times(before), default, projected, scratch, 2 * _width);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            (LaneMath<T>.Sigmoid(T.Load(scratch + unit)) * T.Load(before + unit)).Store(passed + unit);
        }

        RowTile<T>.Multiply(_recurrentKernel.Times(passed).From(0, 2 * _width), default, projected + 2 * _width, candidates, _width);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var z = LaneMath<T>.Sigmoid(T.Load(updates + unit));
            var n = LaneMath<T>.Tanh(T.Load(candidates + unit));
            T.MultiplyAdd(z, T.Load(before + unit) - n, n).Store(after + unit);
        }
    }
}

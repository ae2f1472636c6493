namespace Rnn.MLNet.Kernels;

/// <summary>The time step of a cell that has an <see cref="ICellKernel"/>.</summary>
internal sealed unsafe class KernelStep<TCell, T> : ICellStep
    where TCell : ICellKernel
    where T : struct, ILanes<T>
{
    private readonly int _width;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;

    /// <param name="units">The number of units.</param>
    /// <param name="hasCellState">Whether the cell has a cell state.</param>
    /// <param name="kernel">The weights of the inputs, <c>[gates × units, inputs]</c>.</param>
    /// <param name="recurrentKernel">The weights of the state, <c>[gates × units, units]</c>.</param>
    /// <param name="bias">The bias of the inputs' product, <c>[gates × units]</c>.</param>
    /// <param name="recurrentBias">The bias of the state's product, <c>[gates × units]</c>; null for none.</param>
    public KernelStep(int units, bool hasCellState, float[] kernel, float[] recurrentKernel, float[] bias, float[]? recurrentBias = null)
    {
        _width = PackedMatrix<T>.Width(units);
        _kernel = new PackedMatrix<T>(kernel, units, TCell.InputBlocks);
        _recurrentKernel = new PackedMatrix<T>(recurrentKernel, units, TCell.RecurrentBlocks);
        _bias = PackedMatrix<T>.Bias(ProjectedSize, units, bias, TCell.InputBlocks);
        if (recurrentBias is not null)
        {
            PackedMatrix<T>.AddBias(_bias, units, recurrentBias, TCell.RecurrentBlocks);
        }

        Parts = hasCellState ? [new(0, units), new(_width, units)] : [new(0, units)];
    }

    public int StateSize => Parts.Count * _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => TCell.Blocks * _width;

    public int ScratchSize => ProjectedSize;

    public IReadOnlyList<float> Constants => [];

    public float* Bias => _bias.Start;

    public void Project(in Matrix inputs, in Matrix projected) =>
        RecurrenceKernel<TCell, T>.PreActivate(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), _width, projected);

    public void Run(in StepRows rows)
    {
        Matrix before = rows.Before, after = rows.After, gates = rows.Scratch;
        RecurrenceKernel<TCell, T>.PreActivate(
            _kernel.Times(rows.Inputs), _recurrentKernel.Times(before.SomeColumns(0, _recurrentKernel.Length)), rows.Initial, _width, gates);
        for (var row = 0; row < rows.Count; row++)
        {
            float* state = before.Row(row), next = after.Row(row);
            TCell.Forward<T>(_width, gates.Row(row), new StateRow(state, next, state + _width, next + _width));
        }
    }
}

namespace Rnn.MLNet.Kernels;

/// <summary>One time step of a cell that has an <see cref="ICellKernel"/>.</summary>
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

    public void Project(in Matrix inputs, float* projected)
    {
        // Behind the blocks to which the inputs contribute, there may be one with nothing but a bias.
        int fed = TCell.InputBlocks.Length * _width, size = ProjectedSize;
        var target = new Matrix(projected, inputs.Rows, fed, size);
        MatrixTile<T>.Multiply(_kernel.Times(inputs), default, new Matrix(_bias.Start, inputs.Rows, fed, rowStride: 0), target);
        for (var step = 0; fed < size && step < inputs.Rows; step++)
        {
            _bias.Values[fed..].CopyTo(new Span<float>(target.Row(step) + fed, size - fed));
        }
    }

    public void Run(float* projected, float* before, float* after, float* scratch)
    {
        // The first blocks may be without a contribution from the state.
        var first = GateBlocks.First(TCell.RecurrentBlocks) * _width;
        new ReadOnlySpan<float>(projected, first).CopyTo(new Span<float>(scratch, first));
        RowTile<T>.Multiply(_recurrentKernel.Times(before), default, projected + first, scratch + first, ProjectedSize - first);
        TCell.Forward<T>(_width, scratch, new StateRow(before, after, before + _width, after + _width));
    }
}

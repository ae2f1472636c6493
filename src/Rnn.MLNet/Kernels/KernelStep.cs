namespace Rnn.MLNet.Kernels;

/// <summary>One time step of a cell that has an <see cref="ICellKernel"/>.</summary>
internal sealed unsafe class KernelStep<TCell, T> : ICellStep
    where TCell : ICellKernel
    where T : struct, ILanes<T>
{
    private readonly int _units;
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
        _units = units;
        _width = PackedMatrix<T>.Width(units);
        _kernel = new PackedMatrix<T>(kernel, units, TCell.InputBlocks);
        _recurrentKernel = new PackedMatrix<T>(recurrentKernel, units, TCell.RecurrentBlocks);
        _bias = PackedMatrix<T>.Bias(ScratchSize, units, bias, TCell.InputBlocks);
        if (recurrentBias is not null)
        {
            PackedMatrix<T>.AddBias(_bias, units, recurrentBias, TCell.RecurrentBlocks);
        }

        Parts = hasCellState ? [new(0, units), new(_width, units)] : [new(0, units)];
    }

    public int StateSize => Parts.Count * _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ScratchSize => TCell.Blocks * _width;

    public IReadOnlyList<float> Constants => [];

    public void Run(float* inputs, float* before, float* after, float* scratch)
    {
        RecurrenceKernel<TCell, T>.PreActivate(
            new Matrix(inputs, 1, _kernel.Length, _kernel.Length), new Matrix(before, 1, _units, _units),
            new ForwardWeights(_kernel.Start, _recurrentKernel.Start, _bias.Start), _width, new Matrix(scratch, 1, ScratchSize, ScratchSize));
        TCell.Forward<T>(_width, scratch, new StateRow(before, after, before + _width, after + _width));
    }
}

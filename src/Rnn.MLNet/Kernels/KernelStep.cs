namespace Rnn.MLNet.Kernels;

/// <summary>A cell whose gates are each a product with the inputs plus one with the state: the time step around an <see cref="ICellKernel"/>.</summary>
internal sealed unsafe class KernelStep<TCell, T> : ICellStep
    where TCell : ICellKernel
    where T : struct, ILanes<T>
{
    private readonly int _units;
    private readonly int _width;
    private readonly bool _hasRecurrentBias;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;
    private readonly Lazy<PackedTranspose<T>> _kernelBack;
    private readonly Lazy<PackedTranspose<T>> _recurrentBack;
    private readonly Lazy<ProductGradient<T>> _kernelGradient;
    private readonly Lazy<ProductGradient<T>> _recurrentGradient;

    /// <param name="units">The number of units.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="hasCellState">Whether the cell has a cell state.</param>
    /// <param name="hasRecurrentBias">Whether the product with the state has a bias of its own.</param>
    public KernelStep(int units, int inputs, bool hasCellState, bool hasRecurrentBias = false)
    {
        _units = units;
        _width = PanelWidth.Of<T>(units);
        _hasRecurrentBias = hasRecurrentBias;
        _kernel = new PackedMatrix<T>(units, inputs, TCell.InputBlocks);
        _recurrentKernel = new PackedMatrix<T>(units, units, TCell.RecurrentBlocks);
        _bias = new AlignedFloats(ProjectedSize);
        _kernelBack = new(() => new(units, inputs, TCell.InputBlocks));
        _recurrentBack = new(() => new(units, units, TCell.RecurrentBlocks));
        _kernelGradient = new(() => new(units, inputs, TCell.InputBlocks));
        _recurrentGradient = new(() => new(units, units, TCell.RecurrentBlocks));
        Parts = hasCellState ? [new(0, units), new(_width, units)] : [new(0, units)];
    }

    public int StateSize => Parts.Count * _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => TCell.Blocks * _width;

    public int ScratchSize => ProjectedSize;

    public IReadOnlyList<float> Constants => TCell.Constants;

    public float* Bias => _bias.Start;

    public int InputGradientSize => _kernelBack.Value.Width;

    /// <summary>Packs kernel, recurrent kernel, bias and, if there is one, recurrent bias.</summary>
    public void Load(float*[] weights)
    {
        _kernel.Load(weights[0]);
        _recurrentKernel.Load(weights[1]);
        _bias.Values.Clear();
        PackedWeights.AddBias(weights[2], new GateBlocks(TCell.InputBlocks, _units, _width), Bias);
        if (_hasRecurrentBias)
        {
            PackedWeights.AddBias(weights[3], new GateBlocks(TCell.RecurrentBlocks, _units, _width), Bias);
        }
    }

    public void Project(in Matrix inputs, in Matrix projected) =>
        PreActivate(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), projected);

    public void Run(in StepRows rows)
    {
        Matrix before = rows.Before, after = rows.After, gates = rows.Scratch;
        PreActivate(_kernel.Times(rows.Inputs), _recurrentKernel.Times(rows.OutputsBefore(_units)), rows.Initial, gates);
        for (var row = 0; row < rows.Count; row++)
        {
            float* state = before.Row(row), next = after.Row(row);
            var states = new StateRow(state, next, state + _width, next + _width);
            if (rows.KeepsActivations)
            {
                TCell.Forward<T>(_width, gates.Row(row), states);
            }
            else
            {
                TCell.Step<T>(_width, gates.Row(row), states);
            }
        }
    }

    public void LoadBackward(float*[] weights)
    {
        _kernelBack.Value.Load(weights[0]);
        _recurrentBack.Value.Load(weights[1]);
    }

    public void Backward(in StepRows rows, in Matrix after, in Matrix before)
    {
        var gates = rows.Scratch;
        for (var row = 0; row < rows.Count; row++)
        {
            float* state = rows.Before.Row(row), next = rows.After.Row(row), gradient = after.Row(row), previous = before.Row(row);
            new Span<float>(previous, _width).Clear();
            TCell.Backward<T>(
                _width, gates.Row(row), new StateRow(state, next, state + _width, next + _width),
                new GradientRow(gradient, previous, gradient + _width, previous + _width));
        }

        if (!rows.IsFirst)
        {
            var target = before.SomeColumns(0, _width);
            MatrixTile<T>.Multiply(_recurrentBack.Value.Times(gates), default, target, target);
        }
    }

    public void WeightGradients(in CellHistory history, float*[] gradients)
    {
        _kernelGradient.Value.Compute(history.Inputs, history.Gradients, gradients[0], gradients[2]);
        _recurrentGradient.Value.Compute(history.Before, history.Gradients, gradients[1], _hasRecurrentBias ? gradients[3] : null);
    }

    public void InputGradients(in CellHistory history, in Matrix target)
    {
        new Span<float>(target.Start, target.Rows * target.RowStride).Clear();
        MatrixTile<T>.Multiply(_kernelBack.Value.Times(history.Gradients), default, target, target);
    }

    /// <summary>
    /// Computes pre-activations = initial + inputs · kernel + state · recurrent kernel. Each product covers only the blocks to which it contributes.
    /// </summary>
    private void PreActivate(in Factor inputs, in Factor state, in Matrix initial, in Matrix preActivations)
    {
        int both = GateBlocks.First(TCell.RecurrentBlocks) * _width, end = TCell.InputBlocks.Length * _width, all = ProjectedSize;
        // In this order: blocks with contributions from the inputs only, from both, and from the state only.
        MatrixTile<T>.Multiply(inputs, default, initial.SomeColumns(0, both), preActivations.SomeColumns(0, both));
        MatrixTile<T>.Multiply(inputs.From(0, both), state, initial.SomeColumns(both, end - both), preActivations.SomeColumns(both, end - both));
        MatrixTile<T>.Multiply(state.From(0, end - both), default, initial.SomeColumns(end, all - end), preActivations.SomeColumns(end, all - end));
    }
}

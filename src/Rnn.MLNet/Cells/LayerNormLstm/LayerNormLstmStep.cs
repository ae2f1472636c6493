using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The time step of <see cref="LayerNormBasicLstmCell"/> with layer normalisation; computes what <see cref="LayerNormLstmRecurrence"/> does. Blocks and
/// gates i, f, g, o; then the normalised gates, the normalised state, and the statistics of each. The backward pass replaces the normalised gates by
/// the gradients of the products with the inputs.
/// </summary>
internal sealed unsafe class LayerNormLstmStep<T> : ICellStep
    where T : struct, ILanes<T>
{
    private static readonly int[] Blocks = [0, 1, 2, 3], InputBlocks = [4, 5, 6, 7];

    private readonly int _units;
    private readonly int _width;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;
    private readonly LayerNormalization<T>[] _gates;
    private readonly LayerNormalization<T> _state;
    private readonly Lazy<PackedTranspose<T>> _kernelBack;
    private readonly Lazy<PackedTranspose<T>> _recurrentBack;
    private readonly Lazy<ProductGradient<T>> _kernelGradient;
    private readonly Lazy<ProductGradient<T>> _recurrentGradient;

    public LayerNormLstmStep(int units, int inputs)
    {
        _units = units;
        _width = PanelWidth.Of<T>(units);
        _kernel = new PackedMatrix<T>(units, inputs, Blocks);
        _recurrentKernel = new PackedMatrix<T>(units, units, Blocks);
        // The cell has none: its shifts come after the normalisation.
        _bias = new AlignedFloats(ProjectedSize);
        _gates = [.. Blocks.Select(_ => new LayerNormalization<T>(units))];
        _state = new LayerNormalization<T>(units);
        _kernelBack = new(() => new(units, inputs, InputBlocks));
        _recurrentBack = new(() => new(units, units, Blocks));
        _kernelGradient = new(() => new(units, inputs, InputBlocks));
        _recurrentGradient = new(() => new(units, units, Blocks));
        Parts = [new(0, units), new(_width, units)];
    }

    public int StateSize => 2 * _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => Blocks.Length * _width;

    public int ScratchSize => 2 * ProjectedSize + _width + PanelWidth.Of<T>(Statistics.Count);

    public IReadOnlyList<float> Constants => [];

    public float* Bias => _bias.Start;

    public int InputGradientSize => _kernelBack.Value.Width;

    /// <summary>Packs kernel, recurrent kernel, gains and shifts of the gates, gains and shifts of the state.</summary>
    public void Load(float*[] weights)
    {
        _kernel.Load(weights[0]);
        _recurrentKernel.Load(weights[1]);
        foreach (var gate in Blocks)
        {
            _gates[gate].Load(weights[2] + gate * _units, weights[3] + gate * _units);
        }

        _state.Load(weights[4], weights[5]);
    }

    public void Project(in Matrix inputs, in Matrix projected)
    {
        MatrixTile<T>.Multiply(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), projected);
        Span<float> scales = stackalloc float[Blocks.Length];
        for (var row = 0; row < inputs.Rows; row++)
        {
            _state.LimitSquares(projected.Row(row), scales);
        }
    }

    public void Run(in StepRows rows)
    {
        Matrix before = rows.Before, after = rows.After, gates = rows.Scratch.SomeColumns(0, ProjectedSize), projected = rows.Initial;
        if (rows.Inputs.Columns > 0)
        {
            MatrixTile<T>.Multiply(_kernel.Times(rows.Inputs), default, rows.Initial, gates);
            for (var row = 0; row < rows.Count; row++)
            {
                _state.LimitSquares(gates.Row(row), StatisticsOf(gates.Row(row)).Scales);
            }

            projected = gates;
        }

        MatrixTile<T>.Multiply(_recurrentKernel.Times(rows.OutputsBefore(_units)), default, projected, gates);
        for (var row = 0; row < rows.Count; row++)
        {
            float* values = gates.Row(row), cell = after.Row(row) + _width;
            var statistics = StatisticsOf(values);
            foreach (var gate in Blocks)
            {
                statistics.Inverses[gate] = _gates[gate].Normalize(values + gate * _width, Normal(values, gate));
            }

            UpdateCell(_width, values, before.Row(row) + _width, cell, rows.Mask.Rows == 0 ? null : rows.Mask.Row(row));
            statistics.Inverses[Blocks.Length] = _state.Normalize(cell, NormalState(values));
            Output(_width, values + 3 * _width, cell, after.Row(row));
        }
    }

    public void LoadBackward(float*[] weights)
    {
        _kernelBack.Value.Load(weights[0]);
        _recurrentBack.Value.Load(weights[1]);
        foreach (var gate in Blocks)
        {
            _gates[gate].ClearGradients();
        }

        _state.ClearGradients();
    }

    public void Backward(in StepRows rows, in Matrix after, in Matrix before)
    {
        var scratch = rows.Scratch;
        for (var row = 0; row < rows.Count; row++)
        {
            float* values = scratch.Row(row), gradient = after.Row(row), previous = before.Row(row);
            var statistics = StatisticsOf(values);
            OutputBackward(_width, values + 3 * _width, rows.After.Row(row), gradient, gradient + _width);
            _state.Differentiate(NormalState(values), statistics.Inverses[Blocks.Length], 1, gradient + _width);
            UpdateCellBackward(
                _width, values, rows.Before.Row(row) + _width, gradient + _width, previous + _width, rows.Mask.Rows == 0 ? null : rows.Mask.Row(row));
            foreach (var gate in Blocks)
            {
                _gates[gate].Differentiate(Normal(values, gate), statistics.Inverses[gate], statistics.Scales[gate], values + gate * _width);
            }

            new Span<float>(previous, _width).Clear();
        }

        if (!rows.IsFirst)
        {
            var target = before.SomeColumns(0, _width);
            MatrixTile<T>.Multiply(_recurrentBack.Value.Times(scratch), default, target, target);
        }
    }

    public void WeightGradients(in CellHistory history, float*[] gradients)
    {
        _kernelGradient.Value.Compute(history.Inputs, history.Gradients, gradients[0], null);
        _recurrentGradient.Value.Compute(history.Before, history.Gradients, gradients[1], null);
        foreach (var gate in Blocks)
        {
            _gates[gate].CopyGradients(gradients[2] + gate * _units, gradients[3] + gate * _units);
        }

        _state.CopyGradients(gradients[4], gradients[5]);
    }

    public void InputGradients(in CellHistory history, in Matrix target)
    {
        new Span<float>(target.Start, target.Rows * target.RowStride).Clear();
        MatrixTile<T>.Multiply(_kernelBack.Value.Times(history.Gradients), default, target, target);
    }

    // The loops are methods of their own, small enough for the JIT to inline all operations.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void UpdateCell(int width, float* inputs, float* before, float* after, float* mask)
    {
        float* forgets = inputs + width, candidates = forgets + width;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1), sigmoid = T.Create(-LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            T i = T.Load(inputs + unit) * sigmoid, f = T.Load(forgets + unit) * sigmoid;
            LaneMath<T>.PowersOfTwo(ref i, ref f, lowest, highest, one);
            i = one / (i + one);
            f = one / (f + one);
            var g = LaneMath<T>.Tanh(T.Load(candidates + unit), lowest, highest, one);
            i.Store(inputs + unit);
            f.Store(forgets + unit);
            g.Store(candidates + unit);
            g = mask is null ? g : g * T.Load(mask + unit);
            T.MultiplyAdd(f, T.Load(before + unit), i * g).Store(after + unit);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Output(int width, float* openings, float* cell, float* output)
    {
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1), sigmoid = T.Create(-LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < width; unit += 2 * T.Count)
        {
            var next = unit + T.Count;
            T o = T.Load(openings + unit) * sigmoid, o2 = T.Load(openings + next) * sigmoid;
            LaneMath<T>.PowersOfTwo(ref o, ref o2, lowest, highest, one);
            o = one / (o + one);
            o2 = one / (o2 + one);
            o.Store(openings + unit);
            o2.Store(openings + next);
            (o * LaneMath<T>.Tanh(T.Load(cell + unit), lowest, highest, one)).Store(output + unit);
            (o2 * LaneMath<T>.Tanh(T.Load(cell + next), lowest, highest, one)).Store(output + next);
        }
    }

    /// <summary>Replaces the output gate by its gradient, and adds the way through the output to the gradient of the state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OutputBackward(int width, float* openings, float* outputs, float* outputGradients, float* cellGradients)
    {
        var one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var o = T.Load(openings + unit);
            var tanh = T.Load(outputs + unit) / o;
            var dh = T.Load(outputGradients + unit);
            (dh * tanh * o * (one - o)).Store(openings + unit);
            T.MultiplyAdd(dh * o, one - tanh * tanh, T.Load(cellGradients + unit)).Store(cellGradients + unit);
        }
    }

    /// <summary>Replaces the other gates by their gradients, and computes the gradient of the state before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void UpdateCellBackward(int width, float* inputs, float* before, float* cellGradients, float* previousGradients, float* mask)
    {
        float* forgets = inputs + width, candidates = forgets + width;
        var one = T.Create(1);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var i = T.Load(inputs + unit);
            var f = T.Load(forgets + unit);
            var g = T.Load(candidates + unit);
            var dc = T.Load(cellGradients + unit);
            var kept = mask is null ? dc : dc * T.Load(mask + unit);
            (kept * g * i * (one - i)).Store(inputs + unit);
            (dc * T.Load(before + unit) * f * (one - f)).Store(forgets + unit);
            (kept * i * (one - g * g)).Store(candidates + unit);
            (dc * f).Store(previousGradients + unit);
        }
    }

    private float* Normal(float* scratch, int gate) => scratch + ProjectedSize + gate * _width;

    private float* NormalState(float* scratch) => scratch + 2 * ProjectedSize;

    private Statistics StatisticsOf(float* scratch) => new(scratch + 2 * ProjectedSize + _width);

    /// <summary>What is kept of the normalisations of a row.</summary>
    /// <param name="values">The memory.</param>
    private readonly ref struct Statistics(float* values)
    {
        public const int Count = 9;

        /// <summary>The inverse deviations of the gates and of the state.</summary>
        public readonly Span<float> Inverses = new(values, 5);

        /// <summary>What the products of each gate with the inputs were divided by.</summary>
        public readonly Span<float> Scales = new(values + 5, 4);
    }
}

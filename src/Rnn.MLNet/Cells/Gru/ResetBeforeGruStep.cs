using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The time step of <see cref="GruCell"/> with reset before the product; computes what <see cref="ResetBeforeGruRecurrence"/> does. Blocks and gates
/// r, z, n, followed by the state that the reset gate lets pass.
/// </summary>
internal sealed unsafe class ResetBeforeGruStep<T> : ICellStep
    where T : struct, ILanes<T>
{
    private static readonly int[] Gates = [0, 1], Candidate = [2], All = [0, 1, 2];

    private readonly int _units;
    private readonly int _width;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _gates;
    private readonly PackedMatrix<T> _candidate;
    private readonly AlignedFloats _bias;
    private readonly Lazy<PackedTranspose<T>> _kernelBack;
    private readonly Lazy<PackedTranspose<T>> _gatesBack;
    private readonly Lazy<PackedTranspose<T>> _candidateBack;
    private readonly Lazy<ProductGradient<T>> _kernelGradient;
    private readonly Lazy<ProductGradient<T>> _gatesGradient;
    private readonly Lazy<ProductGradient<T>> _candidateGradient;

    public ResetBeforeGruStep(int units, int inputs)
    {
        _units = units;
        _width = PanelWidth.Of<T>(units);
        _kernel = new PackedMatrix<T>(units, inputs, All);
        _gates = new PackedMatrix<T>(units, units, Gates);
        _candidate = new PackedMatrix<T>(units, units, Candidate);
        _bias = new AlignedFloats(ProjectedSize);
        _kernelBack = new(() => new(units, inputs, All));
        _gatesBack = new(() => new(units, units, Gates));
        _candidateBack = new(() => new(units, units, Candidate));
        _kernelGradient = new(() => new(units, inputs, All));
        _gatesGradient = new(() => new(units, units, Gates));
        _candidateGradient = new(() => new(units, units, Candidate));
        Parts = [new(0, units)];
    }

    public int StateSize => _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => All.Length * _width;

    public int ScratchSize => ProjectedSize + _width;

    public IReadOnlyList<float> Constants => [];

    public float* Bias => _bias.Start;

    public int InputGradientSize => _kernelBack.Value.Width;

    /// <summary>Packs kernel, recurrent kernel and bias.</summary>
    public void Load(float*[] weights)
    {
        _kernel.Load(weights[0]);
        _gates.Load(weights[1]);
        _candidate.Load(OfCandidate(weights[1]));
        _bias.Values.Clear();
        PackedWeights.AddBias(weights[2], new GateBlocks(All, _units, _width), Bias);
    }

    public void Project(in Matrix inputs, in Matrix projected) =>
        MatrixTile<T>.Multiply(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), projected);

    public void Run(in StepRows rows)
    {
        var gateColumns = Gates.Length * _width;
        Matrix before = rows.Before, after = rows.After, scratch = rows.Scratch, passed = Passed(scratch);
        var inputs = _kernel.Times(rows.Inputs);
        MatrixTile<T>.Multiply(
            inputs, _gates.Times(rows.OutputsBefore(_units)), rows.Initial.SomeColumns(0, gateColumns), scratch.SomeColumns(0, gateColumns));
        for (var row = 0; row < rows.Count; row++)
        {
            Open(scratch.Row(row), before.Row(row));
        }

        MatrixTile<T>.Multiply(
            inputs.From(0, gateColumns), _candidate.Times(passed.SomeColumns(0, rows.IsFirst ? 0 : _units)),
            rows.Initial.SomeColumns(gateColumns, _width), scratch.SomeColumns(gateColumns, _width));
        for (var row = 0; row < rows.Count; row++)
        {
            Update(scratch.Row(row), before.Row(row), after.Row(row));
        }
    }

    public void LoadBackward(float*[] weights)
    {
        _kernelBack.Value.Load(weights[0]);
        _gatesBack.Value.Load(weights[1]);
        _candidateBack.Value.Load(OfCandidate(weights[1]));
    }

    public void Backward(in StepRows rows, in Matrix after, in Matrix before)
    {
        var scratch = rows.Scratch;
        for (var row = 0; row < rows.Count; row++)
        {
            UpdateBackward(scratch.Row(row), rows.Before.Row(row), after.Row(row), before.Row(row));
        }

        // The gradient of what the reset gate let pass takes the place of the gradient after the step, which is used up.
        new Span<float>(after.Start, after.Rows * after.RowStride).Clear();
        MatrixTile<T>.Multiply(_candidateBack.Value.Times(scratch), default, after, after);
        for (var row = 0; row < rows.Count; row++)
        {
            OpenBackward(scratch.Row(row), rows.Before.Row(row), after.Row(row), before.Row(row));
        }

        if (!rows.IsFirst)
        {
            MatrixTile<T>.Multiply(_gatesBack.Value.Times(scratch), default, before, before);
        }
    }

    public void WeightGradients(in CellHistory history, float*[] gradients)
    {
        _kernelGradient.Value.Compute(history.Inputs, history.Gradients, gradients[0], gradients[2]);
        _gatesGradient.Value.Compute(history.Before, history.Gradients, gradients[1], null);
        _candidateGradient.Value.Compute(Passed(history.Gradients), history.Gradients, OfCandidate(gradients[1]), null);
    }

    public void InputGradients(in CellHistory history, in Matrix target)
    {
        new Span<float>(target.Start, target.Rows * target.RowStride).Clear();
        MatrixTile<T>.Multiply(_kernelBack.Value.Times(history.Gradients), default, target, target);
    }

    private Matrix Passed(in Matrix scratch) => scratch.SomeColumns(ProjectedSize, _width);

    private float* OfCandidate(float* recurrentKernel) => recurrentKernel + (long)Gates.Length * _units * _units;

    /// <summary>Activates both gates, and lets the state pass the reset gate.</summary>
    // The loops are methods of their own, small enough for the JIT to inline all operations.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Open(float* resets, float* before)
    {
        float* updates = resets + _width, passed = resets + 3 * _width;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1), sigmoid = T.Create(-LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            // One division for both gates.
            T r = T.Load(resets + unit) * sigmoid, z = T.Load(updates + unit) * sigmoid;
            LaneMath<T>.PowersOfTwo(ref r, ref z, lowest, highest, one);
            r += one;
            z += one;
            var inverse = one / (r * z);
            (r * inverse).Store(updates + unit);
            r = z * inverse;
            r.Store(resets + unit);
            (r * T.Load(before + unit)).Store(passed + unit);
        }
    }

    /// <summary>Activates the candidate, and updates the state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Update(float* scratch, float* before, float* after)
    {
        float* updates = scratch + _width, candidates = updates + _width;
        T lowest = LaneMath<T>.Lowest, highest = LaneMath<T>.Highest, one = T.Create(1), tanh = T.Create(2 * LaneMath<T>.LogTwoOfE);
        for (var unit = 0; unit < _width; unit += 2 * T.Count)
        {
            var next = unit + T.Count;
            T n = T.Load(candidates + unit) * tanh, n2 = T.Load(candidates + next) * tanh;
            LaneMath<T>.PowersOfTwo(ref n, ref n2, lowest, highest, one);
            n = (n - one) / (n + one);
            n2 = (n2 - one) / (n2 + one);
            n.Store(candidates + unit);
            n2.Store(candidates + next);
            T.MultiplyAdd(T.Load(updates + unit), T.Load(before + unit) - n, n).Store(after + unit);
            T.MultiplyAdd(T.Load(updates + next), T.Load(before + next) - n2, n2).Store(after + next);
        }
    }

    /// <summary>Replaces update gate and candidate by the gradients of their pre-activations, and begins the gradient of the state before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void UpdateBackward(float* scratch, float* state, float* gradient, float* previous)
    {
        float* updates = scratch + _width, candidates = updates + _width;
        var one = T.Create(1);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var z = T.Load(updates + unit);
            var n = T.Load(candidates + unit);
            var dh = T.Load(gradient + unit);
            (dh * (T.Load(state + unit) - n) * z * (one - z)).Store(updates + unit);
            (dh * (one - z) * (one - n * n)).Store(candidates + unit);
            (dh * z).Store(previous + unit);
        }
    }

    /// <summary>Replaces the reset gate by the gradient of its pre-activation, and adds the way through it to the gradient of the state before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void OpenBackward(float* resets, float* state, float* passedGradient, float* previous)
    {
        var one = T.Create(1);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var r = T.Load(resets + unit);
            var gradient = T.Load(passedGradient + unit);
            T.MultiplyAdd(gradient, r, T.Load(previous + unit)).Store(previous + unit);
            (gradient * T.Load(state + unit) * r * (one - r)).Store(resets + unit);
        }
    }
}

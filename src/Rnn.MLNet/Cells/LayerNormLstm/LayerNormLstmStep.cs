using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// The time step of <see cref="LayerNormBasicLstmCell"/> with layer normalisation; computes what <see cref="LayerNormLstmRecurrence"/> does. Blocks
/// and gates i, f, g, o.
/// </summary>
internal sealed unsafe class LayerNormLstmStep<T> : ICellStep
    where T : struct, ILanes<T>
{
    private const float Epsilon = 1e-12f;

    private static readonly int[] Blocks = [0, 1, 2, 3];

    private readonly int _units;
    private readonly int _width;
    private readonly PackedMatrix<T> _kernel;
    private readonly PackedMatrix<T> _recurrentKernel;
    private readonly AlignedFloats _bias;
    private readonly float[] _gateGain, _gateShift, _stateGain, _stateShift;

    public LayerNormLstmStep(LayerNormBasicLstmCell cell, CellWeights weights)
    {
        _units = cell.Units;
        _width = PackedMatrix<T>.Width(_units);
        _kernel = new PackedMatrix<T>(weights.Values(WeightNames.Kernel), _units, Blocks);
        _recurrentKernel = new PackedMatrix<T>(weights.Values(WeightNames.RecurrentKernel), _units, Blocks);
        // The cell has none: its shifts come after the normalisation.
        _bias = new AlignedFloats(ProjectedSize);
        _gateGain = weights.Values(LayerNormLstm.GateGain);
        _gateShift = weights.Values(LayerNormLstm.GateShift);
        _stateGain = weights.Values(LayerNormLstm.StateGain);
        _stateShift = weights.Values(LayerNormLstm.StateShift);
        Parts = [new(0, _units), new(_width, _units)];
    }

    public int StateSize => 2 * _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ProjectedSize => Blocks.Length * _width;

    public int ScratchSize => ProjectedSize;

    public IReadOnlyList<float> Constants => [];

    public float* Bias => _bias.Start;

    public void Project(in Matrix inputs, in Matrix projected)
    {
        MatrixTile<T>.Multiply(_kernel.Times(inputs), default, new Matrix(Bias, inputs.Rows, ProjectedSize, rowStride: 0), projected);
        for (var row = 0; row < inputs.Rows; row++)
        {
            foreach (var gate in Blocks)
            {
                LimitSquares(Units(projected.Row(row) + gate * _width));
            }
        }
    }

    public void Run(in StepRows rows)
    {
        Matrix before = rows.Before, after = rows.After, gates = rows.Scratch, projected = rows.Initial;
        if (rows.Inputs.Columns > 0)
        {
            Project(rows.Inputs, gates);
            projected = gates;
        }

        MatrixTile<T>.Multiply(_recurrentKernel.Times(before.SomeColumns(0, _units)), default, projected, gates);
        for (var row = 0; row < rows.Count; row++)
        {
            float* values = gates.Row(row), cell = after.Row(row) + _width;
            foreach (var gate in Blocks)
            {
                Normalize(Units(values + gate * _width), _gateGain.AsSpan(gate * _units, _units), _gateShift.AsSpan(gate * _units, _units));
            }

            UpdateCell(_width, values, before.Row(row) + _width, cell);
            Normalize(Units(cell), _stateGain, _stateShift);
            Output(_width, values + 3 * _width, cell, after.Row(row));
        }
    }

    // The loops are methods of their own, small enough for the JIT to inline all operations.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UpdateCell(int width, float* gates, float* before, float* after)
    {
        float* forgets = gates + width, candidates = forgets + width;
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var i = LaneMath<T>.Sigmoid(T.Load(gates + unit));
            var f = LaneMath<T>.Sigmoid(T.Load(forgets + unit));
            var g = LaneMath<T>.Tanh(T.Load(candidates + unit));
            T.MultiplyAdd(f, T.Load(before + unit), i * g).Store(after + unit);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Output(int width, float* gates, float* cell, float* output)
    {
        for (var unit = 0; unit < width; unit += T.Count)
        {
            (LaneMath<T>.Sigmoid(T.Load(gates + unit)) * LaneMath<T>.Tanh(T.Load(cell + unit))).Store(output + unit);
        }
    }

    /// <summary>Scales down the products of a gate if they are so large that their squares would overflow. The normalised values are the same.</summary>
    private static void LimitSquares(Span<float> products)
    {
        // No product is beyond 1e15, which is the usual case and quick to see.
        if (TensorPrimitives.SumOfSquares<float>(products) <= 1e30f)
        {
            return;
        }

        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(products)) * 1e-15f;
        if (scale > 1)
        {
            TensorPrimitives.Divide(products, scale, products);
        }
    }

    private static void Normalize(Span<float> values, ReadOnlySpan<float> gain, ReadOnlySpan<float> shift)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);
        // What the rounding of the mean left. It counts if the values are close together.
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);
        var variance = TensorPrimitives.SumOfSquares<float>(values) / values.Length;
        TensorPrimitives.Multiply(values, 1 / MathF.Sqrt(variance + Epsilon), values);
        TensorPrimitives.MultiplyAdd(values, gain, shift, values);
    }

    /// <summary>Returns a block without its padding.</summary>
    private Span<float> Units(float* block) => new(block, _units);
}

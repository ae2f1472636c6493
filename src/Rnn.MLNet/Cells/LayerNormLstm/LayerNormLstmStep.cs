using System.Numerics.Tensors;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// One time step of <see cref="LayerNormBasicLstmCell"/> with layer normalisation; computes what <see cref="LayerNormLstmRecurrence"/> does. Blocks
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
    private readonly float[] _gateGain, _gateShift, _stateGain, _stateShift;

    public LayerNormLstmStep(LayerNormBasicLstmCell cell, CellWeights weights)
    {
        _units = cell.Units;
        _width = PackedMatrix<T>.Width(_units);
        _kernel = new PackedMatrix<T>(weights.Values(WeightNames.Kernel), _units, Blocks);
        _recurrentKernel = new PackedMatrix<T>(weights.Values(WeightNames.RecurrentKernel), _units, Blocks);
        _gateGain = weights.Values(LayerNormLstm.GateGain);
        _gateShift = weights.Values(LayerNormLstm.GateShift);
        _stateGain = weights.Values(LayerNormLstm.StateGain);
        _stateShift = weights.Values(LayerNormLstm.StateShift);
        Parts = [new(0, _units), new(_width, _units)];
    }

    public int StateSize => 2 * _width;

    public IReadOnlyList<StatePart> Parts { get; }

    public int ScratchSize => Blocks.Length * _width;

    public IReadOnlyList<float> Constants => [];

    public void Run(float* inputs, float* before, float* after, float* scratch)
    {
        float* cellBefore = before + _width, cellAfter = after + _width;
        new Span<float>(scratch, ScratchSize).Clear();
        RowTile<T>.Multiply(_kernel.Times(inputs), default, scratch, scratch, ScratchSize);
        foreach (var gate in Blocks)
        {
            LimitSquares(Units(scratch + gate * _width));
        }

        RowTile<T>.Multiply(_recurrentKernel.Times(before), default, scratch, scratch, ScratchSize);
        foreach (var gate in Blocks)
        {
            Normalize(Units(scratch + gate * _width), _gateGain.AsSpan(gate * _units, _units), _gateShift.AsSpan(gate * _units, _units));
        }

        float* forgets = scratch + _width, candidates = forgets + _width, openings = candidates + _width;
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            var i = LaneMath<T>.Sigmoid(T.Load(scratch + unit));
            var f = LaneMath<T>.Sigmoid(T.Load(forgets + unit));
            var g = LaneMath<T>.Tanh(T.Load(candidates + unit));
            T.MultiplyAdd(f, T.Load(cellBefore + unit), i * g).Store(cellAfter + unit);
        }

        Normalize(Units(cellAfter), _stateGain, _stateShift);
        for (var unit = 0; unit < _width; unit += T.Count)
        {
            (LaneMath<T>.Sigmoid(T.Load(openings + unit)) * LaneMath<T>.Tanh(T.Load(cellAfter + unit))).Store(after + unit);
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

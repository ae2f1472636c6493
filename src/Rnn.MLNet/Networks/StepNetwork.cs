using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Networks;

/// <summary>
/// A network of one direction that runs one time step at a time, on the CPU, without libtorch. After t steps, its outputs are those of
/// <see cref="RecurrentNetwork"/> for the first t time steps. It stores no state, so streams share it, on any threads.
/// </summary>
internal sealed unsafe class StepNetwork
{
    private readonly bool _pools;
    private readonly StepInput _input;
    private readonly ICellStep[] _layers;
    private readonly int[] _offsets;
    private readonly IRowProduct _head;

    /// <param name="network">The weights of a network of one direction.</param>
    public StepNetwork(PackedNetwork network)
    {
        Spec = network.Spec;
        Digest = network.Digest;
        _pools = Spec.ReadOut == ReadOut.MeanPool;
        _input = new StepInput(Spec);
        _layers = [.. network.Layers.Select(directions => directions.Single())];
        _head = network.Head;
        _offsets = new int[_layers.Length];
        for (var layer = 1; layer < _layers.Length; layer++)
        {
            _offsets[layer] = _offsets[layer - 1] + _layers[layer - 1].StateSize;
        }

        Parts = [.. _layers.SelectMany((step, layer) => step.Parts.Select(part => part with { Start = _offsets[layer] + part.Start }))];
    }

    public NetworkSpec Spec { get; }

    /// <summary>The places of the values in a state, without padding.</summary>
    public IReadOnlyList<StatePart> Parts { get; }

    /// <summary>The digest of everything that determines the state, see <see cref="NetworkDigest"/>.</summary>
    public byte[] Digest { get; }

    /// <summary>Returns the state of a new stream.</summary>
    public StepState NewState() => new(
        _layers.Sum(layer => layer.StateSize), SumCount, Spec.Inputs, _layers.Max(layer => layer.ScratchSize), SumCount, _head.Width);

    /// <summary>
    /// Computes the next time step and its outputs. <see cref="StepState.Commit"/> makes it the current one; until then the state is unchanged.
    /// </summary>
    /// <exception cref="ArgumentException">Thrown if the features are not accepted, see <see cref="StepInput"/>.</exception>
    public void Advance(ReadOnlySpan<float> features, StepState state)
    {
        _input.Read(features, state.Steps, state.Inputs.Values);
        var values = state.Inputs.Start;
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            var cell = _layers[layer];
            int offset = _offsets[layer], count = layer == 0 ? Spec.Inputs : _layers[layer - 1].Parts[0].Count;
            cell.Run(new StepRows(
                Row(values, count), Row(cell.Bias, cell.ProjectedSize), Row(state.Before + offset, cell.StateSize), Row(state.After + offset, cell.StateSize),
                Row(state.Scratch.Start, cell.ScratchSize)));
            values = state.After + offset;
        }

        Span<double> sums = state.Sums, sumsAfter = state.SumsAfter;
        for (var i = 0; i < sums.Length; i++)
        {
            sumsAfter[i] = sums[i] + values[i];
        }

        ApplyHead(state, values, sumsAfter, state.Steps + 1);
    }

    /// <summary>Computes the outputs of the current time step again.</summary>
    public void Repeat(StepState state) => ApplyHead(state, state.Before + _offsets[^1], state.Sums, state.Steps);

    private int SumCount => _pools ? _layers[^1].Parts[0].Count : 0;

    private static Matrix Row(float* values, int count) => new(values, 1, count, count);

    private void ApplyHead(StepState state, float* output, ReadOnlySpan<double> sums, long steps)
    {
        var summary = _pools ? state.Summary.Start : output;
        for (var i = 0; i < sums.Length; i++)
        {
            summary[i] = (float)(sums[i] / steps);
        }

        _head.Multiply(Row(summary, _layers[^1].Parts[0].Count), Row(state.Outputs.Start, _head.Width));
        GC.KeepAlive(this);
        GC.KeepAlive(state);
    }
}

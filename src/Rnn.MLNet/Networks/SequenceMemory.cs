using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Networks;

/// <summary>The memory in which a <see cref="SequenceNetwork"/> computes the outputs of some rows. It is reused for the next ones.</summary>
internal sealed unsafe class SequenceMemory
{
    private readonly NetworkSpec _spec;
    private readonly int _outputs;
    private readonly int _outputWidth;
    private readonly AlignedFloats[] _layerOutputs;
    private readonly AlignedFloats _summaries;
    private readonly AlignedFloats _headOutputs;

    /// <param name="network">The network.</param>
    /// <param name="rows">The largest number of rows.</param>
    /// <param name="everyStep">Whether the outputs are computed after every time step.</param>
    public SequenceMemory(PackedNetwork network, int rows, bool everyStep)
    {
        _spec = network.Spec;
        _outputs = _spec.Outputs;
        _outputWidth = network.Head.Width;
        EveryStep = everyStep;
        ReadsEveryStep = everyStep || _spec.ReadOut != ReadOut.FinalState;
        AppliesStage = _spec.Scaling is not null || _spec.MissingValues != MissingValues.Refuse;
        var cells = network.Layers.SelectMany(layer => layer).ToList();
        SummarySize = network.Layers[^1].Sum(direction => direction.Parts[0].Count);

        var steps = _spec.TimeSteps;
        StageResults = AppliesStage ? new AlignedFloats((long)rows * steps * _spec.Inputs) : null;
        IsAccepted = new bool[AppliesStage ? rows : 0];
        // A layer reads the outputs of the previous one while it writes its own.
        var stored = Math.Min(2, network.Layers.Count - (ReadsEveryStep ? 0 : 1));
        _layerOutputs = [.. Enumerable.Range(0, stored).Select(_ => new AlignedFloats((long)rows * steps * SummarySize))];
        Projected = rows == 1 ? new AlignedFloats((long)steps * cells.Max(cell => cell.ProjectedSize)) : null;
        States = new AlignedFloats(2L * rows * cells.Max(cell => cell.StateSize));
        Scratch = new AlignedFloats((long)rows * cells.Max(cell => cell.ScratchSize));
        Sums = new double[_spec.ReadOut == ReadOut.MeanPool ? rows * SummarySize : 0];
        _summaries = new AlignedFloats((long)rows * SummarySize);
        _headOutputs = new AlignedFloats((long)rows * (everyStep ? steps : 1) * _outputWidth);
    }

    /// <summary>Whether the outputs are computed after every time step.</summary>
    public bool EveryStep { get; }

    /// <summary>Whether the outputs of every time step of the last layer are read, rather than only its final state.</summary>
    public bool ReadsEveryStep { get; }

    /// <summary>Whether the network has an input stage.</summary>
    public bool AppliesStage { get; }

    /// <summary>Whether the input stage accepted a row.</summary>
    public bool[] IsAccepted { get; }

    /// <summary>The number of inputs of the head.</summary>
    public int SummarySize { get; }

    /// <summary>The inputs' part of the pre-activations of all time steps, in memory for a single row; otherwise null.</summary>
    public AlignedFloats? Projected { get; }

    /// <summary>The states of a layer in one direction, before and after a time step.</summary>
    public AlignedFloats States { get; }

    public AlignedFloats Scratch { get; }

    /// <summary>The sums over time of the outputs of the last layer.</summary>
    public double[] Sums { get; }

    /// <summary>The results of the input stage, <c>[rows, time, inputs]</c>; null without a stage.</summary>
    public AlignedFloats? StageResults { get; }

    /// <summary>The outputs of a layer, <c>[rows, outputs × directions]</c> for each time step; of the last layer only if they are read.</summary>
    public MatrixSeries LayerOutputs(int layer, int rows) => _layerOutputs.Length == 0
        ? default
        : new(new Matrix(_layerOutputs[layer % _layerOutputs.Length].Start, rows, SummarySize, SummarySize), (long)rows * SummarySize);

    /// <summary>The inputs of the head.</summary>
    public Matrix Summaries(int rows) => new(_summaries.Start, rows, SummarySize, SummarySize);

    /// <summary>The outputs of the head after a time step, or at the end.</summary>
    public Matrix HeadOutputs(int step, int rows)
    {
        var steps = EveryStep ? _spec.TimeSteps : 1;
        return new(_headOutputs.Start + step * _outputWidth, rows, _outputWidth, steps * _outputWidth);
    }

    /// <summary>The outputs of a row, <c>[time or 1, outputs]</c>, padded.</summary>
    public Span<float> OutputsOf(int row)
    {
        var length = (EveryStep ? _spec.TimeSteps : 1) * _outputWidth;
        return _headOutputs.Values.Slice(row * length, length);
    }

    /// <summary>The outputs of a row after a time step, or at the end.</summary>
    public ReadOnlySpan<float> OutputsOf(int row, int step) => OutputsOf(row).Slice(step * _outputWidth, _outputs);
}

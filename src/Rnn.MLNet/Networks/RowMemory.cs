using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Networks;

/// <summary>The memory in which a <see cref="RowNetwork"/> computes one row after another.</summary>
internal sealed unsafe class RowMemory
{
    private readonly AlignedFloats[] _outputs;
    private readonly int _steps;
    private readonly int _size;

    /// <param name="network">The network.</param>
    /// <param name="everyStep">Whether the outputs are computed after every time step.</param>
    public RowMemory(PackedNetwork network, bool everyStep)
    {
        var spec = network.Spec;
        var cells = network.Layers.SelectMany(layer => layer).ToList();
        EveryStep = everyStep;
        _steps = spec.TimeSteps;
        _size = network.Layers[0].Sum(direction => direction.Parts[0].Count);
        // A layer reads the outputs of the previous one while it writes its own.
        _outputs = [.. Enumerable.Range(0, Math.Min(2, network.Layers.Count)).Select(_ => new AlignedFloats((long)_steps * _size))];
        Inputs = new AlignedFloats((long)_steps * spec.Inputs);
        Projected = new AlignedFloats((long)_steps * cells.Max(cell => cell.ProjectedSize));
        States = new AlignedFloats(2L * cells.Max(cell => cell.StateSize));
        Scratch = new AlignedFloats(cells.Max(cell => cell.ScratchSize));
        Summary = new AlignedFloats(_size);
        Sums = new double[_size];
        Outputs = new AlignedFloats((long)network.Head.Width * (everyStep ? _steps : 1));
    }

    /// <summary>Whether the outputs are computed after every time step.</summary>
    public bool EveryStep { get; }

    /// <summary>The inputs of the first layer, <c>[time, inputs]</c>.</summary>
    public AlignedFloats Inputs { get; }

    /// <summary>The inputs' part of all time steps of a layer in one direction.</summary>
    public AlignedFloats Projected { get; }

    /// <summary>The states of a layer in one direction before and after a time step.</summary>
    public AlignedFloats States { get; }

    public AlignedFloats Scratch { get; }

    /// <summary>The input of the head.</summary>
    public AlignedFloats Summary { get; }

    /// <summary>The sums over time of the outputs of the last layer.</summary>
    public double[] Sums { get; }

    /// <summary>The outputs of the head, <c>[time or 1, outputs, padded]</c>.</summary>
    public AlignedFloats Outputs { get; }

    /// <summary>The outputs of a layer, <c>[time, outputs × directions]</c>.</summary>
    public Matrix OutputsOf(int layer) => new(_outputs[layer % 2].Start, _steps, _size, _size);
}

using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Networks;

/// <summary>
/// The state of one stream between two time steps, and the memory that a step needs. A step writes its state beside the previous one, which it does
/// not change, so a step that fails changes nothing.
/// </summary>
internal sealed unsafe class StepState
{
    private readonly AlignedFloats _states;
    private readonly double[] _sums;
    private readonly int _size;
    private readonly int _sumCount;
    private int _current;

    /// <param name="size">The number of values of the states of all layers.</param>
    /// <param name="sums">The number of sums over time.</param>
    /// <param name="inputs">The number of inputs of the first layer.</param>
    /// <param name="scratch">The number of intermediate results.</param>
    /// <param name="summary">The number of inputs of the head, padded.</param>
    /// <param name="outputs">The number of outputs of the head, padded.</param>
    public StepState(int size, int sums, int inputs, int scratch, int summary, int outputs)
    {
        _size = size;
        _sumCount = sums;
        _states = new AlignedFloats(2L * size);
        _sums = new double[2 * sums];
        Inputs = new AlignedFloats(inputs);
        Scratch = new AlignedFloats(scratch);
        Summary = new AlignedFloats(summary);
        Outputs = new AlignedFloats(outputs);
    }

    /// <summary>The number of time steps that the state has seen.</summary>
    public long Steps { get; private set; }

    /// <summary>The inputs of the first layer.</summary>
    public AlignedFloats Inputs { get; }

    public AlignedFloats Scratch { get; }

    /// <summary>The inputs of the head, if they are not the output of the last layer.</summary>
    public AlignedFloats Summary { get; }

    /// <summary>The outputs of the head.</summary>
    public AlignedFloats Outputs { get; }

    /// <summary>The states of all layers.</summary>
    public float* Before => _states.Start + _current * _size;

    /// <summary>The states of all layers after the step that is being computed.</summary>
    public float* After => _states.Start + (1 - _current) * _size;

    /// <summary>The states of all layers.</summary>
    public Span<float> Values => _states.Values.Slice(_current * _size, _size);

    /// <summary>The sums over time.</summary>
    public Span<double> Sums => _sums.AsSpan(_current * _sumCount, _sumCount);

    /// <summary>The sums over time after the step that is being computed.</summary>
    public Span<double> SumsAfter => _sums.AsSpan((1 - _current) * _sumCount, _sumCount);

    /// <summary>Makes the computed step the current one.</summary>
    public void Commit()
    {
        _current = 1 - _current;
        Steps++;
    }

    /// <summary>Returns to the state before the first time step.</summary>
    public void Reset()
    {
        Values.Clear();
        Sums.Clear();
        Steps = 0;
    }

    /// <summary>Sets the number of time steps, after <see cref="Values"/> and <see cref="Sums"/> have been set.</summary>
    public void SetSteps(long steps) => Steps = steps;
}

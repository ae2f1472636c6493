using System.Numerics;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Takes steps over the one vector that holds all weights of a network, by a rule.</summary>
/// <remarks>
/// Why not by libtorch's: TorchSharp's optimisers turn numbers into objects that nothing keeps alive while libtorch reads
/// them, so that beside a busy garbage collector a step in some thousands fails. And one pass over the memory is faster than ten.
/// </remarks>
internal sealed class Optimizer<TRule> : IOptimizer
    where TRule : struct, IStepRule
{
    private readonly Tensor _weights;
    private readonly IReadOnlyList<WeightRange> _ranges;
    private readonly double _weightDecay;
    private readonly Func<long, double, double, TRule> _rule;
    private readonly Tensor[] _state;

    /// <param name="parameters">The weights.</param>
    /// <param name="weightDecay">The decay of those weights that decay.</param>
    /// <param name="states">Vectors that the rule remembers.</param>
    /// <param name="rule">Makes the rule of a step from its number, counted from 1, the learning rate and a weight decay.</param>
    public Optimizer(ParameterSet parameters, double weightDecay, int states, Func<long, double, double, TRule> rule)
    {
        _weights = parameters.Vector;
        _ranges = weightDecay == 0 ? [new WeightRange(0, parameters.Count, Decays: false)] : parameters.Ranges;
        _weightDecay = weightDecay;
        _rule = rule;
        _state = [.. Enumerable.Range(0, states).Select(_ => zeros_like(_weights).DetachFromDisposeScope())];
    }

    public long Steps { get; set; }

    public IReadOnlyList<Tensor> State => _state;

    public void Step(Tensor gradient, double learningRate)
    {
        Steps++;
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        foreach (var (offset, count, decays) in _ranges)
        {
            var rule = _rule(Steps, learningRate, decays ? _weightDecay : 0);
            Tensor Part(Tensor vector) => vector.narrow(0, offset, count);
            if (_weights.device_type == DeviceType.CPU)
            {
                Move(rule, count, Part(_weights), Part(gradient), [.. _state.Select(Part)]);
            }
            else
            {
                rule.Move(Part(_weights), Part(gradient), [.. _state.Select(Part)]);
            }
        }
    }

    public void Dispose()
    {
        foreach (var vector in _state)
        {
            vector.Dispose();
        }
    }

    private static unsafe void Move(TRule rule, long count, Tensor weights, Tensor gradient, Tensor[] state)
    {
        float* w = TensorMemory.Address(weights), g = TensorMemory.Address(gradient);
        // A rule leaves what it has no use for alone.
        var first = state.Length > 0 ? TensorMemory.Address(state[0]) : w;
        var second = state.Length > 1 ? TensorMemory.Address(state[1]) : w;
        var width = Vector<float>.Count;
        long done = 0;
        for (; done + width <= count; done += width)
        {
            rule.Move(w + done, g + done, first + done, second + done);
        }

        // The rest, in a register that it does not fill.
        var rest = (int)(count - done);
        if (rest > 0)
        {
            var memory = stackalloc float[4 * width];
            new Span<float>(memory, 4 * width).Clear();
            ReadOnlySpan<nint> vectors = [(nint)(w + done), (nint)(g + done), (nint)(first + done), (nint)(second + done)];
            for (var i = 0; i < vectors.Length; i++)
            {
                new Span<float>((void*)vectors[i], rest).CopyTo(new Span<float>(memory + i * width, rest));
            }

            rule.Move(memory, memory + width, memory + 2 * width, memory + 3 * width);
            // Backwards: the weights last, as they stand in for states that are not there.
            for (var i = vectors.Length - 1; i >= 0; i--)
            {
                new Span<float>(memory + i * width, rest).CopyTo(new Span<float>((void*)vectors[i], rest));
            }
        }
    }
}

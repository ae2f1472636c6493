using System.Numerics;
using System.Runtime.CompilerServices;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training.Optimizers;

/// <summary>Applies an update rule to the vector that holds all weights of a network.</summary>
/// <remarks>
/// TorchSharp's optimisers are not used: they pass numbers as objects that nothing keeps alive while libtorch reads them, so under heavy
/// garbage collection about one step in several thousand fails. A single pass over the memory is also faster than theirs, about ten.
/// </remarks>
internal sealed class Optimizer<TRule> : IOptimizer
    where TRule : struct, IStepRule
{
    /// <summary>Fewer weights are not worth waking a thread for.</summary>
    private const int WeightsPerWorker = 1 << 15;

    private readonly Tensor _weights;
    private readonly IReadOnlyList<WeightRange> _ranges;
    private readonly double _weightDecay;
    private readonly Func<long, double, double, TRule> _rule;
    private readonly Tensor[] _state;
    private readonly WorkerGroup? _workers;

    /// <param name="parameters">The weights.</param>
    /// <param name="weightDecay">The weight decay, for the weights that it applies to.</param>
    /// <param name="states">The number of vectors of the rule's state.</param>
    /// <param name="workers">The threads that share the weights, on the CPU; null for the calling thread alone.</param>
    /// <param name="rule">Creates the rule of a step from the step's number, counted from 1, the learning rate and the weight decay.</param>
    public Optimizer(ParameterSet parameters, double weightDecay, int states, WorkerGroup? workers, Func<long, double, double, TRule> rule)
    {
        _workers = workers;
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

    private unsafe void Move(TRule rule, long count, Tensor weights, Tensor gradient, Tensor[] state)
    {
        float* w = TensorMemory.Address(weights), g = TensorMemory.Address(gradient);
        // A rule does not access a state that it does not have; the weights are only a placeholder.
        var first = state.Length > 0 ? TensorMemory.Address(state[0]) : w;
        var second = state.Length > 1 ? TensorMemory.Address(state[1]) : w;
        var width = Vector<float>.Count;
        var registers = count / width;
        var parts = (int)Math.Clamp(count / WeightsPerWorker, 1, _workers?.Count ?? 1);
        if (parts == 1)
        {
            MoveRange(rule, w, g, first, second, 0, registers * width);
        }
        else
        {
            _workers!.Run(parts, part =>
                MoveRange(rule, w, g, first, second, registers * part / parts * width, registers * (part + 1) / parts * width));
        }

        var done = registers * width;
        // The remaining weights are fewer than a register holds: they are copied to padded memory and back.
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
            // The weights are copied last, since they are the placeholder for missing states.
            for (var i = vectors.Length - 1; i >= 0; i--)
            {
                new Span<float>(memory + i * width, rest).CopyTo(new Span<float>((void*)vectors[i], rest));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void MoveRange(TRule rule, float* weights, float* gradient, float* first, float* second, long start, long end)
    {
        for (var i = start; i < end; i += Vector<float>.Count)
        {
            rule.Move(weights + i, gradient + i, first + i, second + i);
        }
    }
}

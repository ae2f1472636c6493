using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Kernels;

/// <summary>
/// Differentiation whose errors are exceptions. libtorch calls the backward pass of our kernels, and an exception that left it would end the
/// process; so would any error of libtorch's own in TorchSharp's <c>autograd.grad</c>, which has no way to report one.
/// <c>Tensor.backward</c> has, but leaves the gradients in the weights: each thread needs weights of its own.
/// </summary>
internal static class BackwardPass
{
    // libtorch runs the backward pass of what the processor computed on the thread that asks for it.
    [ThreadStatic]
    private static ExceptionDispatchInfo? _error;

    /// <summary>Computes gradients when libtorch asks for them. An error is kept, and libtorch gets none of the gradients.</summary>
    /// <param name="count">How many libtorch expects.</param>
    /// <param name="gradients">Gives them.</param>
    public static List<Tensor> Answer(int count, Func<List<Tensor>> gradients)
    {
        try
        {
            return gradients();
        }
        catch (Exception exception)
        {
            _error ??= ExceptionDispatchInfo.Capture(exception);
            return [.. Enumerable.Repeat<Tensor>(null!, count)];
        }
    }

    /// <summary>The gradients of a loss.</summary>
    /// <param name="loss">A single number.</param>
    /// <param name="weights">Weights that it depends on and that no other thread differentiates by.</param>
    /// <exception cref="InvalidOperationException">The loss does not depend on a weight.</exception>
    public static IReadOnlyList<Tensor> Gradients(Tensor loss, IReadOnlyList<Tensor> weights)
    {
        try
        {
            loss.backward();
            ThrowIfFailed();
            return [.. weights.Select(weight => weight.grad ?? throw new InvalidOperationException("The loss does not depend on all weights."))];
        }
        finally
        {
            _error = null;
            foreach (var weight in weights)
            {
                weight.grad = null;
            }
        }
    }

    /// <summary>Throws what <see cref="Answer"/> kept on this thread.</summary>
    public static void ThrowIfFailed()
    {
        var error = _error;
        _error = null;
        error?.Throw();
    }
}

using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>
/// Computes gradients and reports errors as exceptions. libtorch calls the backward pass of this library's kernels, and an exception that
/// escaped from this callback would terminate the process. So would an error of libtorch in TorchSharp's <c>autograd.grad</c>, which does
/// not report errors. <c>Tensor.backward</c> reports them, but accumulates the gradients in the weights, so each thread needs its own
/// views of the weights.
/// </summary>
internal static class Differentiation
{
    // On the CPU, libtorch runs the backward pass on the thread that calls backward.
    [ThreadStatic]
    private static ExceptionDispatchInfo? _error;

    /// <summary>
    /// Computes the gradients that libtorch requests in a callback. If that fails, stores the exception and returns null for every gradient.
    /// </summary>
    /// <param name="count">The number of gradients that libtorch expects.</param>
    /// <param name="gradients">Computes the gradients.</param>
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

    /// <summary>Returns the gradients of a loss with respect to weights.</summary>
    /// <param name="loss">The loss, a scalar.</param>
    /// <param name="weights">The weights. No other thread may differentiate with respect to the same tensors.</param>
    /// <exception cref="InvalidOperationException">Thrown if the loss does not depend on one of the weights.</exception>
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

    /// <summary>Throws the exception that <see cref="Answer"/> stored on the current thread, if any.</summary>
    public static void ThrowIfFailed()
    {
        var error = _error;
        _error = null;
        error?.Throw();
    }
}

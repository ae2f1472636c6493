using static TorchSharp.torch;

namespace Rnn.MLNet.Native;

/// <summary>
/// Computes gradients with libtorch and reports errors as exceptions: an error of libtorch in TorchSharp's <c>autograd.grad</c>, which does
/// not report errors, would terminate the process. <c>Tensor.backward</c> reports them, but accumulates the gradients in the weights, so each
/// thread needs its own views of the weights.
/// </summary>
internal static class Differentiation
{
    /// <summary>Returns the gradients of a loss with respect to weights.</summary>
    /// <param name="loss">The loss, a scalar.</param>
    /// <param name="weights">The weights. No other thread may differentiate with respect to the same tensors.</param>
    /// <exception cref="InvalidOperationException">Thrown if the loss does not depend on one of the weights.</exception>
    public static IReadOnlyList<Tensor> Gradients(Tensor loss, IReadOnlyList<Tensor> weights)
    {
        try
        {
            loss.backward();
            return [.. weights.Select(weight => weight.grad ?? throw new InvalidOperationException("The loss does not depend on all weights."))];
        }
        finally
        {
            foreach (var weight in weights)
            {
                weight.grad = null;
            }
        }
    }
}

using System.Numerics.Tensors;
using Rnn.MLNet.Native;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rnn.MLNet.Tasks.Classification;

/// <summary>The softmax of logits and its cross-entropy, −ln p of the row's class, on the CPU.</summary>
internal static class CrossEntropy
{
    /// <summary>Computes probabilities from the logits of one row.</summary>
    /// <returns>The logarithm of the sum of their exponentials.</returns>
    public static double Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        // Subtracting the largest logit, so that no exponential overflows.
        var largest = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, largest, probabilities);
        TensorPrimitives.Exp(probabilities, probabilities);
        var sum = TensorPrimitives.Sum<float>(probabilities);
        TensorPrimitives.Divide(probabilities, sum, probabilities);
        return largest + Math.Log(sum);
    }

    /// <summary>Computes the weighted cross-entropy, its gradient by the logits, weight × (p − 1 for the row's class), and the number of rows classified correctly.</summary>
    /// <param name="logits">The logits, <c>[batch, classes]</c>, contiguous.</param>
    /// <param name="classes">The class of each row, <c>[batch]</c>, int64.</param>
    /// <param name="weights">The weights of the rows, <c>[batch]</c>.</param>
    public static unsafe LossGradient Differentiate(Tensor logits, Tensor classes, Tensor weights)
    {
        var gradient = empty(logits.shape, ScalarType.Float32, CPU);
        int rows = checked((int)logits.shape[0]), outputs = checked((int)logits.shape[1]);
        float* values = TensorMemory.Address(logits), slopes = TensorMemory.Address(gradient);
        ReadOnlySpan<long> expected = TensorMemory.Span<long>(classes);
        ReadOnlySpan<float> importance = TensorMemory.Span<float>(weights);
        double loss = 0, correct = 0;
        for (var row = 0; row < rows; row++)
        {
            var given = new ReadOnlySpan<float>(values + (long)row * outputs, outputs);
            var slope = new Span<float>(slopes + (long)row * outputs, outputs);
            var kind = (int)expected[row];
            loss += importance[row] * (Softmax(given, slope) - given[kind]);
            slope[kind] -= 1;
            TensorPrimitives.Multiply(slope, importance[row], slope);
            correct += TensorPrimitives.IndexOfMax(given) == kind ? 1 : 0;
        }

        GC.KeepAlive(logits);
        GC.KeepAlive(classes);
        GC.KeepAlive(weights);
        return new LossGradient(gradient, loss, correct);
    }
}

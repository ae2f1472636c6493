using System.Numerics.Tensors;

namespace Rnn.MLNet.Cells;

/// <summary>Layer normalisation (Ba et al., 2016) of one vector, and its derivative.</summary>
internal static class LayerNormalization
{
    private const float Epsilon = 1e-12f;

    /// <summary>
    /// An inverse deviation from which on no gradient is propagated: all values equal their mean, see <see cref="LayerNormLstmRecurrence"/>.
    /// </summary>
    private const float AllEqual = 5e5f;

    /// <summary>Scales down values that are so large that their squares would overflow. The normalised values are the same.</summary>
    /// <returns>What they were divided by.</returns>
    public static float LimitSquares(Span<float> values)
    {
        // No value is beyond 1e15, which is the usual case and quick to see.
        if (TensorPrimitives.SumOfSquares<float>(values) <= 1e30f)
        {
            return 1;
        }

        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(values)) * 1e-15f;
        if (!(scale > 1))
        {
            return 1;
        }

        TensorPrimitives.Divide(values, scale, values);
        return scale;
    }

    /// <summary>Subtracts the mean and divides by the deviation.</summary>
    /// <param name="values">The values. Overwritten.</param>
    /// <param name="normal">Receives the normalised values.</param>
    /// <returns>The inverse of the deviation.</returns>
    public static float Normalize(Span<float> values, Span<float> normal)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);
        // What the rounding of the mean left. It counts if the values are close together.
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);
        var variance = TensorPrimitives.SumOfSquares<float>(values) / values.Length;
        var inverse = 1 / MathF.Sqrt(variance + Epsilon);
        TensorPrimitives.Multiply(values, inverse, normal);
        return inverse;
    }

    /// <summary>Replaces the gradient of the normalised values by that of the values.</summary>
    /// <param name="normal">The normalised values.</param>
    /// <param name="inverse">The inverse of the deviation.</param>
    /// <param name="gradient">The gradient.</param>
    public static void Differentiate(ReadOnlySpan<float> normal, float inverse, Span<float> gradient)
    {
        if (!(inverse < AllEqual))
        {
            gradient.Clear();
            return;
        }

        // d = (g − mean(g) − n · mean(g n)) / deviation
        float mean = TensorPrimitives.Sum<float>(gradient) / gradient.Length, slope = TensorPrimitives.Dot(gradient, normal) / gradient.Length;
        TensorPrimitives.MultiplyAdd(normal, -slope, gradient, gradient);
        TensorPrimitives.Subtract(gradient, mean, gradient);
        TensorPrimitives.Multiply(gradient, inverse, gradient);
    }
}

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Rnn.MLNet.Kernels;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Layer normalisation (Ba et al., 2016) of one vector with gains and shifts, and its derivative. Vectors are padded with zeros to whole registers; the
/// padding stays 0.
/// </summary>
/// <param name="units">The number of values of a vector.</param>
internal sealed unsafe class LayerNormalization<T>(int units)
    where T : struct, ILanes<T>
{
    private const float Epsilon = 1e-12f;

    /// <summary>
    /// An inverse deviation from which on no gradient is propagated: all values equal their mean, see <see cref="LayerNormLstmRecurrence"/>.
    /// </summary>
    private const float AllEqual = 5e5f;

    private readonly int _width = PanelWidth.Of<T>(units);
    private readonly AlignedFloats _ones = Ones(units), _gain = Padded(units), _shift = Padded(units);
    private readonly AlignedFloats _gainGradient = Padded(units), _shiftGradient = Padded(units);

    /// <summary>
    /// Scales down each of several vectors, one behind the other, whose values are so large that their squares would overflow. The normalised values are
    /// the same.
    /// </summary>
    /// <param name="values">The vectors.</param>
    /// <param name="scales">Receive what each vector was divided by.</param>
    public void LimitSquares(float* values, Span<float> scales)
    {
        scales.Fill(1);
        // No value is beyond 1e15, which is the usual case and quick to see.
        if (SumOfSquares(scales.Length * _width, values) <= 1e30f)
        {
            return;
        }

        for (var i = 0; i < scales.Length; i++)
        {
            var vector = new Span<float>(values + i * _width, units);
            var scale = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(vector)) * 1e-15f;
            if (scale > 1)
            {
                TensorPrimitives.Divide(vector, scale, vector);
                scales[i] = scale;
            }
        }
    }

    public void Load(float* gain, float* shift)
    {
        new ReadOnlySpan<float>(gain, units).CopyTo(_gain.Values);
        new ReadOnlySpan<float>(shift, units).CopyTo(_shift.Values);
    }

    /// <summary>Subtracts the mean, divides by the deviation, multiplies by the gains and adds the shifts.</summary>
    /// <param name="values">The values. Overwritten.</param>
    /// <param name="normal">Receives the values before gains and shifts.</param>
    /// <returns>The inverse of the deviation.</returns>
    public float Normalize(float* values, float* normal)
    {
        var (rest, _) = Subtract(_width, _ones.Start, Sum(_width, values) / units, values);
        // What the rounding of the mean left. It counts if the values are close together.
        var (_, squares) = Subtract(_width, _ones.Start, rest / units, values);
        var inverse = 1 / MathF.Sqrt(squares / units + Epsilon);
        Scale(_width, inverse, _gain.Start, _shift.Start, values, normal);
        return inverse;
    }

    /// <summary>Replaces the gradient of the result by that of the values, and adds to the gradients of gains and shifts.</summary>
    /// <param name="normal">The normalised values; on return the gradient of what the values were before they were scaled down.</param>
    /// <param name="inverse">The inverse of the deviation.</param>
    /// <param name="scale">What the values were scaled down by.</param>
    /// <param name="gradient">The gradient.</param>
    public void Differentiate(float* normal, float inverse, float scale, float* gradient)
    {
        var (sum, slopes) = DifferentiateGains(_width, _gain.Start, _gainGradient.Start, _shiftGradient.Start, normal, gradient);
        if (inverse < AllEqual)
        {
            // d = (g − mean(g) − n · mean(g n)) / deviation
            SubtractMeanAndSlope(_width, _ones.Start, sum / units, slopes / units, inverse, 1 / scale, normal, gradient);
        }
        else
        {
            new Span<float>(gradient, _width).Clear();
            new Span<float>(normal, _width).Clear();
        }
    }

    public void ClearGradients()
    {
        _gainGradient.Values.Clear();
        _shiftGradient.Values.Clear();
    }

    public void CopyGradients(float* gain, float* shift)
    {
        _gainGradient.Values[..units].CopyTo(new Span<float>(gain, units));
        _shiftGradient.Values[..units].CopyTo(new Span<float>(shift, units));
    }

    private static AlignedFloats Padded(int units) => new(PanelWidth.Of<T>(units));

    private static AlignedFloats Ones(int units)
    {
        var ones = Padded(units);
        ones.Values[..units].Fill(1);
        return ones;
    }

    // The loops are methods of their own, small enough for the JIT to inline all operations. A padded value is subtracted from with a factor of 0.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Sum(int width, float* values)
    {
        T sum = T.Create(0), other = sum;
        for (var unit = 0; unit < width; unit += 2 * T.Count)
        {
            sum += T.Load(values + unit);
            other += T.Load(values + unit + T.Count);
        }

        return (sum + other).Sum();
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float SumOfSquares(int width, float* values)
    {
        T sum = T.Create(0), other = sum;
        for (var unit = 0; unit < width; unit += 2 * T.Count)
        {
            T one = T.Load(values + unit), two = T.Load(values + unit + T.Count);
            sum.AddProduct(one, one);
            other.AddProduct(two, two);
        }

        return (sum + other).Sum();
    }

    /// <returns>The sum of the differences, and that of their squares.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static (float Sum, float Squares) Subtract(int width, float* ones, float number, float* values)
    {
        T sum = T.Create(0), squares = sum, negative = T.Create(-number);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var difference = T.MultiplyAdd(T.Load(ones + unit), negative, T.Load(values + unit));
            difference.Store(values + unit);
            sum += difference;
            squares.AddProduct(difference, difference);
        }

        return (sum.Sum(), squares.Sum());
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Scale(int width, float inverse, float* gain, float* shift, float* values, float* normal)
    {
        var factor = T.Create(inverse);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var n = T.Load(values + unit) * factor;
            n.Store(normal + unit);
            T.MultiplyAdd(n, T.Load(gain + unit), T.Load(shift + unit)).Store(values + unit);
        }
    }

    /// <summary>Differentiates the multiplication by the gains.</summary>
    /// <returns>The sum of the gradient, and that of its products with the normalised values.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static (float Sum, float Slopes) DifferentiateGains(
        int width, float* gain, float* gainGradient, float* shiftGradient, float* normal, float* gradient)
    {
        T sum = T.Create(0), slopes = sum;
        for (var unit = 0; unit < width; unit += T.Count)
        {
            T g = T.Load(gradient + unit), n = T.Load(normal + unit);
            T.MultiplyAdd(n, g, T.Load(gainGradient + unit)).Store(gainGradient + unit);
            (T.Load(shiftGradient + unit) + g).Store(shiftGradient + unit);
            g *= T.Load(gain + unit);
            g.Store(gradient + unit);
            sum += g;
            slopes.AddProduct(g, n);
        }

        return (sum.Sum(), slopes.Sum());
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SubtractMeanAndSlope(
        int width, float* ones, float mean, float slope, float inverse, float inverseScale, float* normal, float* gradient)
    {
        T negativeMean = T.Create(-mean), negativeSlope = T.Create(-slope), factor = T.Create(inverse), scaled = T.Create(inverseScale);
        for (var unit = 0; unit < width; unit += T.Count)
        {
            var g = T.MultiplyAdd(T.Load(normal + unit), negativeSlope, T.Load(gradient + unit));
            g = T.MultiplyAdd(T.Load(ones + unit), negativeMean, g) * factor;
            g.Store(gradient + unit);
            (g * scaled).Store(normal + unit);
        }
    }
}

using System.Numerics.Tensors;

namespace Rnn.MLNet.Cells;

/// <summary>The gains and shifts that follow a normalisation, and their gradients.</summary>
/// <param name="units">The number of values.</param>
internal sealed unsafe class GainAndShift(int units)
{
    private readonly float[] _gain = new float[units], _shift = new float[units], _gainGradient = new float[units], _shiftGradient = new float[units];

    public void Load(float* gain, float* shift)
    {
        new ReadOnlySpan<float>(gain, units).CopyTo(_gain);
        new ReadOnlySpan<float>(shift, units).CopyTo(_shift);
    }

    /// <summary>Computes result = normal × gain + shift.</summary>
    public void Apply(ReadOnlySpan<float> normal, Span<float> result) => TensorPrimitives.MultiplyAdd(normal, _gain, _shift, result);

    /// <summary>Adds to the gradients, and replaces the gradient of the result by that of the normalised values.</summary>
    public void Differentiate(ReadOnlySpan<float> normal, Span<float> gradient)
    {
        TensorPrimitives.MultiplyAdd(normal, gradient, _gainGradient, _gainGradient);
        TensorPrimitives.Add(_shiftGradient, gradient, _shiftGradient);
        TensorPrimitives.Multiply(gradient, _gain, gradient);
    }

    public void ClearGradients()
    {
        Array.Clear(_gainGradient);
        Array.Clear(_shiftGradient);
    }

    public void CopyGradients(float* gain, float* shift)
    {
        _gainGradient.CopyTo(new Span<float>(gain, units));
        _shiftGradient.CopyTo(new Span<float>(shift, units));
    }
}

namespace Rnn.MLNet;

/// <summary>
/// The value of a TensorFlow variable: its elements in row-major order, as returned by NumPy's <c>ravel</c>, and its shape.
/// </summary>
public sealed class TensorFlowTensor
{
    private readonly float[] _values;
    private readonly int[] _shape;

    /// <summary>Creates a tensor from a copy of the elements.</summary>
    /// <param name="values">The elements in row-major order. All must be finite.</param>
    /// <param name="shape">The size of each dimension, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// Thrown if a dimension is less than 1, if the number of elements does not match the shape, or if an element is not finite.
    /// </exception>
    public TensorFlowTensor(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        _values = values.ToArray();
        _shape = shape.ToArray();
        var places = _shape.Aggregate(1L, (product, size) => product * size);
        if (Array.Exists(_shape, size => size < 1) || places != _values.Length)
        {
            throw new ArgumentException(
                $"A tensor of shape {Describe(_shape)} needs {places} numbers; there are {_values.Length}.", nameof(values));
        }

        var wrong = Array.FindIndex(_values, value => !float.IsFinite(value));
        if (wrong >= 0)
        {
            throw new ArgumentException($"The numbers of a tensor must be finite; " +
                $"number {wrong} of shape {Describe(_shape)} is {_values[wrong]}.", nameof(values));
        }
    }

    /// <summary>The elements in row-major order.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The size of each dimension.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Returns the transpose of <paramref name="count"/> rows of a matrix: <c>[columns, count]</c>, in row-major order.</summary>
    internal float[] Transposed(int first, int count)
    {
        var columns = _shape[1];
        var transposed = new float[columns * count];
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < count; row++)
            {
                transposed[column * count + row] = _values[(first + row) * columns + column];
            }
        }

        return transposed;
    }

    internal static string Describe(ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}

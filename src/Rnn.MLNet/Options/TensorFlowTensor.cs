namespace Rnn.MLNet;

/// <summary>
/// The value of a TensorFlow variable: numbers and their shape, the last dimension running fastest, as NumPy's <c>ravel</c> gives them.
/// </summary>
public sealed class TensorFlowTensor
{
    private readonly float[] _values;
    private readonly int[] _shape;

    /// <summary>Copies the numbers.</summary>
    /// <param name="values">The numbers, row by row; all finite.</param>
    /// <param name="shape">The size of each dimension.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than the shape has places, or one is not finite.</exception>
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

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The size of each dimension.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Some rows of a matrix as columns: <c>[columns, count]</c>, row by row.</summary>
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

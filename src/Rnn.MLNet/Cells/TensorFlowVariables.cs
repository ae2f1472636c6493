namespace Rnn.MLNet.Cells;

/// <summary>The variables of one cell of TensorFlow, taken one by one; each error names the cell, the variable and both shapes.</summary>
/// <param name="cell">The cell.</param>
/// <param name="place">Where the variables stand, such as <c>Layers[0].Forward</c>.</param>
/// <param name="variables">The variables by name.</param>
internal sealed class TensorFlowVariables(RnnCell cell, string place, IReadOnlyDictionary<string, TensorFlowTensor> variables)
{
    private readonly HashSet<string> _taken = [];

    /// <summary>Takes a variable.</summary>
    /// <exception cref="ArgumentException">It is missing or of another shape.</exception>
    public TensorFlowTensor Take(string name, params ReadOnlySpan<int> shape)
    {
        _taken.Add(name);
        if (!variables.TryGetValue(name, out var tensor) || tensor is null)
        {
            throw new ArgumentException(
                $"{cell.GetType().Name} needs the weight '{name}' of shape {TensorFlowTensor.Describe(shape)}, " +
                $"but {place} has no such weight; it has {List(variables.Keys)}. The cell is {cell}.");
        }

        return tensor.Shape.SequenceEqual(shape)
            ? tensor
            : throw new ArgumentException(
                $"{cell.GetType().Name}: the weight '{name}' of {place} must have the shape {TensorFlowTensor.Describe(shape)}; " +
                $"it has {TensorFlowTensor.Describe(tensor.Shape)}. The cell is {cell}.");
    }

    /// <summary>
    /// Takes a kernel of <c>[inputs + outputs, columns]</c>, in which TensorFlow keeps the rows of the inputs above those of the
    /// state, as two of libtorch's layout: <c>[columns, inputs]</c> and <c>[columns, outputs]</c>.
    /// </summary>
    public (float[] Kernel, float[] RecurrentKernel) TakeKernels(string name, int inputs, int outputs, int columns)
    {
        var both = Take(name, inputs + outputs, columns);
        return (both.Transposed(0, inputs), both.Transposed(inputs, outputs));
    }

    /// <summary>Takes a vector.</summary>
    public float[] TakeVector(string name, int size) => Take(name, size).Values.ToArray();

    /// <summary>Takes several vectors of the same size, one behind the other.</summary>
    public float[] TakeVectors(int size, params IEnumerable<string> names) =>
        [.. names.SelectMany(name => TakeVector(name, size))];

    /// <summary>Checks that nothing is left: a weight that the cell does not use means another cell than the one that was trained.</summary>
    /// <exception cref="ArgumentException">There is a variable that was not taken.</exception>
    public void ThrowIfAnyLeft()
    {
        if (variables.FirstOrDefault(pair => !_taken.Contains(pair.Key)) is { Key: { } name } left)
        {
            throw new ArgumentException(
                $"{cell.GetType().Name} has no weight '{name}', " +
                $"but {place} gives one of shape {TensorFlowTensor.Describe(left.Value.Shape)}; the cell's weights are {List(_taken)}. The cell is {cell}.");
        }
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'").DefaultIfEmpty("none"));
}

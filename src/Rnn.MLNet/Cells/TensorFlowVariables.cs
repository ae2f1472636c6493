namespace Rnn.MLNet.Cells;

/// <summary>
/// The TensorFlow variables of one cell, which are taken one by one. Error messages contain the cell, the variable and both shapes.
/// </summary>
/// <param name="cell">The cell.</param>
/// <param name="place">The location of the variables for error messages, such as <c>Layers[0].Forward</c>.</param>
/// <param name="variables">The variables by name.</param>
internal sealed class TensorFlowVariables(RnnCell cell, string place, IReadOnlyDictionary<string, TensorFlowTensor> variables)
{
    private readonly HashSet<string> _taken = [];

    /// <summary>Takes a variable of the given shape.</summary>
    /// <exception cref="ArgumentException">Thrown if the variable is missing or has another shape.</exception>
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
    /// Takes a kernel of shape <c>[inputs + outputs, columns]</c>, in which TensorFlow stores the rows of the inputs above those of the state, and
    /// returns it as two kernels in libtorch's layout, <c>[columns, inputs]</c> and <c>[columns, outputs]</c>.
    /// </summary>
    public (float[] Kernel, float[] RecurrentKernel) TakeKernels(string name, int inputs, int outputs, int columns)
    {
        var both = Take(name, inputs + outputs, columns);
        return (both.Transposed(0, inputs), both.Transposed(inputs, outputs));
    }

    /// <summary>Takes a vector.</summary>
    public float[] TakeVector(string name, int size) => Take(name, size).Values.ToArray();

    /// <summary>Takes several vectors of the same size and concatenates them.</summary>
    public float[] TakeVectors(int size, params IEnumerable<string> names) =>
        [.. names.SelectMany(name => TakeVector(name, size))];

    /// <summary>Requires that all variables were taken. An unused variable means that the weights belong to a different cell.</summary>
    /// <exception cref="ArgumentException">Thrown if a variable was not taken.</exception>
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

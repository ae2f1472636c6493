namespace Rnn.MLNet.Cells;

/// <summary>Reads the weights of a cell from TensorFlow's variables.</summary>
internal interface ITensorFlowLayout
{
    /// <summary>Reads the weights of one direction.</summary>
    /// <param name="inputSize">The size of the inputs.</param>
    /// <param name="variables">TensorFlow's variables, all of which must be taken.</param>
    /// <returns>The elements of each weight in row-major order, by the name of the weight.</returns>
    /// <exception cref="ArgumentException">Thrown if a variable is missing or has the wrong shape.</exception>
    IReadOnlyDictionary<string, float[]> Read(int inputSize, TensorFlowVariables variables);
}

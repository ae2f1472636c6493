namespace Rnn.MLNet.Cells;

/// <summary>Reads the weights of one kind of cell from TensorFlow's variables.</summary>
internal interface ITensorFlowLayout
{
    /// <summary>The weights of one direction.</summary>
    /// <param name="inputSize">Size of the inputs.</param>
    /// <param name="variables">TensorFlow's variables; all of them must be taken.</param>
    /// <returns>The numbers of each weight, by the weight's name.</returns>
    /// <exception cref="ArgumentException">A variable is missing or of a wrong shape.</exception>
    IReadOnlyDictionary<string, float[]> Read(int inputSize, TensorFlowVariables variables);
}

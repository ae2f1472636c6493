namespace Rnn.MLNet;

/// <summary>The weights of a classifier that was trained with TensorFlow 1, in TensorFlow's layout.</summary>
public sealed record TensorFlowWeights
{
    /// <summary>The weights of the recurrent layers, first layer first.</summary>
    public required IReadOnlyList<TensorFlowLayer> Layers { get; init; }

    /// <summary>
    /// The kernel of the output layer, <c>[outputs × directions, classes]</c>. The rows of the forward direction precede those of the
    /// backward direction.
    /// </summary>
    public required TensorFlowTensor OutputKernel { get; init; }

    /// <summary>The bias of the output layer, <c>[classes]</c>.</summary>
    public required TensorFlowTensor OutputBias { get; init; }
}

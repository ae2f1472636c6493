namespace Rnn.MLNet;

/// <summary>The weights of a classifier that was trained with TensorFlow 1, laid out as TensorFlow stores them.</summary>
public sealed record TensorFlowWeights
{
    /// <summary>The recurrent layers, in the order in which the inputs pass through them.</summary>
    public required IReadOnlyList<TensorFlowLayer> Layers { get; init; }

    /// <summary>The output layer's kernel, [outputs × directions, classes]; the forward direction's rows come first.</summary>
    public required TensorFlowTensor OutputKernel { get; init; }

    /// <summary>The output layer's bias, [classes].</summary>
    public required TensorFlowTensor OutputBias { get; init; }
}

using Rnn.MLNet.Cells;

namespace Rnn.MLNet.Networks;

/// <summary>Converts the weights of a network that was trained with TensorFlow 1.</summary>
internal static class TensorFlowImport
{
    /// <summary>Converts all weights of a network.</summary>
    /// <exception cref="ArgumentException">Thrown if a weight is missing, has the wrong shape or does not belong to the network.</exception>
    public static InitialWeights Read(NetworkSpec spec, TensorFlowWeights source)
    {
        if (source.Layers.Count != spec.Layers)
        {
            throw new ArgumentException($"The network has {Count(spec.Layers)} of {spec.Cell}, but the weights are of {Count(source.Layers.Count)}.");
        }

        var weights = new Dictionary<string, float[]>();
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            foreach (var (direction, variables) in NetworkWeights.Directions(spec).Zip(Directions(spec, layer, source.Layers[layer])))
            {
                foreach (var (name, values) in Read(spec, NetworkWeights.InputSize(spec, layer), variables))
                {
                    weights.Add(NetworkWeights.FullName(layer, direction, name), values);
                }
            }
        }

        var width = NetworkWeights.OutputSize(spec);
        Check(spec, nameof(source.OutputKernel), source.OutputKernel, width, spec.Outputs);
        Check(spec, nameof(source.OutputBias), source.OutputBias, spec.Outputs);
        weights.Add(NetworkWeights.HeadKernel, source.OutputKernel.Transposed(0, width));
        weights.Add(NetworkWeights.HeadBias, source.OutputBias.Values.ToArray());
        return new InitialWeights(weights);

        static string Count(int layers) => layers == 1 ? "1 layer" : $"{layers} layers";
    }

    private static IReadOnlyDictionary<string, float[]> Read(NetworkSpec spec, int inputSize, TensorFlowVariables variables)
    {
        var layout = CellTable.Of(spec.Cell).TensorFlow ?? throw new ArgumentException($"TensorFlow 1 has no cell like {spec.Cell}.");
        var weights = layout.Read(inputSize, variables);
        variables.ThrowIfAnyLeft();
        return weights;
    }

    /// <summary>Returns the variables of each direction, forward first.</summary>
    private static IEnumerable<TensorFlowVariables> Directions(NetworkSpec spec, int index, TensorFlowLayer layer)
    {
        if (spec.Bidirectional != layer.Backward is not null)
        {
            throw new ArgumentException(
                $"Bidirectional is {spec.Bidirectional}, but Layers[{index}].Backward of the weights of {spec.Cell} is {(layer.Backward is null ? "null" : "given")}.");
        }

        yield return new TensorFlowVariables(spec.Cell, $"Layers[{index}].{nameof(layer.Forward)}", layer.Forward);
        if (layer.Backward is not null)
        {
            yield return new TensorFlowVariables(spec.Cell, $"Layers[{index}].{nameof(layer.Backward)}", layer.Backward);
        }
    }

    private static void Check(NetworkSpec spec, string name, TensorFlowTensor tensor, params ReadOnlySpan<int> shape)
    {
        if (!tensor.Shape.SequenceEqual(shape))
        {
            var cell = $"{spec.Cell}{(spec.Bidirectional ? " in both directions" : "")}";
            throw new ArgumentException(
                $"{name} must have the shape {TensorFlowTensor.Describe(shape)}, for {cell} and {spec.Outputs} outputs; " +
                $"it has {TensorFlowTensor.Describe(tensor.Shape)}.");
        }
    }
}

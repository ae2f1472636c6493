using Rnn.MLNet.Cells;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Reading;
using static TorchSharp.torch;

namespace Rnn.MLNet.Saving;

/// <summary>
/// Finds the weights of a network among the constants of the ONNX model that it was written to. There they are transposed, in another order of
/// gates, or joined with others. To learn where each one went, a network whose weights are their own positions is written in the same way.
/// </summary>
internal static class SavedWeights
{
    /// <summary>Reads the weights.</summary>
    /// <param name="spec">The architecture of the network.</param>
    /// <param name="feature">The name of the feature column, which is that of the ONNX model's input.</param>
    /// <param name="constants">The constants of the ONNX model, by name, in row-major order.</param>
    /// <exception cref="InvalidDataException">A constant is missing or has the wrong size.</exception>
    public static InitialWeights Read(NetworkSpec spec, string feature, IReadOnlyDictionary<string, float[]> constants)
    {
        var specs = RecurrentNetwork.Weights(spec);
        var all = new float[specs.Sum(weight => weight.Count)];
        foreach (var (name, positions) in Written(spec, specs, feature))
        {
            var values = Constant(constants, name, positions.Length);
            for (var i = 0; i < positions.Length; i++)
            {
                // Zeros that ONNX wants and the network does not have, such as a second bias, are at no position.
                if (BitConverter.SingleToInt32Bits(positions[i]) is > 0 and var position)
                {
                    all[position - 1] = values[i];
                }
            }
        }

        var end = 0;
        return new InitialWeights(specs.ToDictionary(weight => weight.Name, weight => all[end..(end += (int)weight.Count)]));
    }

    /// <summary>Reads the scaling; null if the model has none.</summary>
    /// <exception cref="InvalidDataException">A constant is missing or has the wrong size.</exception>
    public static FeatureScaling? ReadScaling(NetworkSpec spec, IReadOnlyDictionary<string, float[]> constants) =>
        constants.ContainsKey(NetworkGraph.Means)
            ? new FeatureScaling(Constant(constants, NetworkGraph.Means, spec.Features), Constant(constants, NetworkGraph.Factors, spec.Features))
            : null;

    /// <summary>Returns the constants of a network whose weights are the bits of their positions, counted from 1.</summary>
    private static IReadOnlyList<OnnxWeight> Written(NetworkSpec spec, IReadOnlyList<WeightSpec> specs, string feature)
    {
        var next = 1;
        var positions = specs.ToDictionary(
            weight => weight.Name, weight => Enumerable.Range(0, (int)weight.Count).Select(_ => BitConverter.Int32BitsToSingle(next++)).ToArray());
        using var network = new RecurrentNetwork(spec with { Scaling = null }, seed: 0, CPU, new InitialWeights(positions));
        var graph = new OnnxGraph("positions", feature);
        NetworkGraph.Add(graph, network, feature);
        return graph.Weights;
    }

    private static float[] Constant(IReadOnlyDictionary<string, float[]> constants, string name, int length) =>
        !constants.TryGetValue(name, out var values) ? throw new InvalidDataException($"The model has no weights '{name}'.")
        : values.Length != length ? throw new InvalidDataException($"The weights '{name}' must have {length} numbers; they have {values.Length}.")
        : values;
}

using System.Runtime.InteropServices;
using Rnn.MLNet.Cells;
using static TorchSharp.torch;

namespace Rnn.MLNet.Networks;

/// <summary>Fills a network with the weights of one that was trained with TensorFlow 1.</summary>
internal static class TensorFlowImport
{
    /// <summary>Replaces every weight of the network.</summary>
    /// <exception cref="ArgumentException">A weight is missing, of a wrong shape, or not one of the network's.</exception>
    public static void Load(RecurrentNetwork network, TensorFlowWeights source)
    {
        var spec = network.Spec;
        if (source.Layers.Count != spec.Layers)
        {
            throw new ArgumentException($"The network has {Count(spec.Layers)} of {spec.Cell}, but the weights are of {Count(source.Layers.Count)}.");
        }

        var width = (int)network.HeadKernel.shape[1];
        List<float[]> weights = [];
        for (var i = 0; i < spec.Layers; i++)
        {
            weights.AddRange(Layer(spec, i, i == 0 ? spec.Features : width, source.Layers[i]));
        }

        Check(spec, nameof(source.OutputKernel), source.OutputKernel, width, spec.Outputs);
        Check(spec, nameof(source.OutputBias), source.OutputBias, spec.Outputs);
        weights.Add(TensorFlowGateOrder.Single.Rows(source.OutputKernel, 0, width));
        weights.Add(source.OutputBias.Values.ToArray());
        Fill(network.Parameters, weights);

        static string Count(int layers) => layers == 1 ? "1 layer" : $"{layers} layers";
    }

    private static IEnumerable<float[]> Layer(NetworkSpec spec, int index, int inputs, TensorFlowLayer layer)
    {
        if (spec.Bidirectional != layer.Backward is not null)
        {
            throw new ArgumentException(
                $"Bidirectional is {spec.Bidirectional}, but Layers[{index}].Backward of the weights of {spec.Cell} is {(layer.Backward is null ? "null" : "given")}.");
        }

        var forward = Direction("Forward", layer.Forward);
        return layer.Backward is null ? forward : [.. forward, .. Direction("Backward", layer.Backward)];

        IReadOnlyList<float[]> Direction(string name, IReadOnlyDictionary<string, TensorFlowTensor> variables) =>
            TensorFlowCell.Read(spec.Cell, inputs, new TensorFlowVariables(spec.Cell, $"Layers[{index}].{name}", variables));
    }

    private static void Check(NetworkSpec spec, string name, TensorFlowTensor tensor, params ReadOnlySpan<int> shape)
    {
        if (!tensor.Shape.SequenceEqual(shape))
        {
            var cell = $"{spec.Cell}{(spec.Bidirectional ? " in both directions" : "")}";
            throw new ArgumentException(
                $"{name} must have the shape {TensorFlowTensor.Describe(shape)}, for {cell} and {spec.Outputs} classes; " +
                $"it has {TensorFlowTensor.Describe(tensor.Shape)}.");
        }
    }

    /// <summary>The arrays go one after the other into the parameter vector, in which the weights lie in the same order.</summary>
    private static void Fill(ParameterSet parameters, List<float[]> weights)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var values = empty(parameters.Count, ScalarType.Float32, CPU);
        weights.SelectMany(weight => weight).ToArray().CopyTo(MemoryMarshal.Cast<byte, float>(values.bytes));
        parameters.Vector.copy_(values);
    }
}

using Rnn.MLNet.Cells;
using Rnn.MLNet.Native;
using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Networks;

/// <summary>Writes a whole network as ONNX, from its features to its outputs, without dropout, which is not applied in scoring.</summary>
internal static class NetworkGraph
{
    /// <summary>The names of the constants of the scaling, <c>[features]</c>.</summary>
    public const string Means = "scaling/means", Factors = "scaling/factors";

    /// <summary>Adds the network to a graph.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="network">The network.</param>
    /// <param name="features">The name of the features, <c>[batch, time, features]</c>, of type Single. Missing values are NaN.</param>
    /// <param name="everyStep">Whether to compute the outputs after each time step instead of those after the last one only.</param>
    /// <returns>The name of the outputs, <c>[batch, outputs]</c> or <c>[batch, time, outputs]</c>.</returns>
    public static string Add(OnnxGraph graph, RecurrentNetwork network, string features, bool everyStep = false)
    {
        var spec = network.Spec;
        var cell = CellTable.Of(spec.Cell).Onnx;
        var (complete, inputs) = AddInputs(graph, features, spec);
        var values = graph.Add("Transpose", [inputs], OnnxGraph.Integers("perm", 1, 0, 2));
        for (var i = 0; i < network.Layers.Count; i++)
        {
            values = cell.Add(graph.Within($"layer{i}"), values, network.Layers[i].Directions, everyStep || network.ReadsEveryStep(i));
        }

        var logits = graph.Add(
            "Gemm",
            [
                everyStep ? AddReadOuts(graph, values, spec) : AddReadOut(graph, values, spec.ReadOut),
                graph.Weight(NetworkWeights.HeadKernel, TensorMemory.ToArray(network.HeadKernel), network.HeadKernel.shape),
                graph.Weight(NetworkWeights.HeadBias, TensorMemory.ToArray(network.HeadBias), network.HeadBias.shape),
            ],
            OnnxGraph.Integer("transB", 1));
        var mark = AddMissingMark(graph, complete, spec);
        if (!everyStep)
        {
            return graph.Add("Add", [logits, mark]);
        }

        var byStep = graph.Add("Reshape", [logits, graph.Constant(spec.TimeSteps, -1, spec.Outputs)]);
        return graph.Add("Add", [graph.Add("Transpose", [byStep], OnnxGraph.Integers("perm", 1, 0, 2)), graph.Add("Unsqueeze", [mark, graph.Constant(2L)])]);
    }

    /// <summary>Adds the <see cref="InputStage"/>.</summary>
    /// <returns>The names of the features after it and of the inputs of the first layer, which are the features or contain them.</returns>
    private static (string Features, string Inputs) AddInputs(OnnxGraph graph, string features, NetworkSpec spec)
    {
        var scaled = features;
        if (spec.Scaling is { } scaling)
        {
            var centred = graph.Add("Sub", [features, graph.Weight(Means, scaling.Means, [spec.Features])]);
            scaled = graph.Add("Mul", [centred, graph.Weight(Factors, scaling.Factors, [spec.Features])]);
        }

        if (spec.MissingValues == MissingValues.Refuse)
        {
            return (scaled, scaled);
        }

        var missing = graph.Add("IsNaN", [features]);
        var complete = graph.Add("Where", [missing, graph.Constant(0f), scaled]);
        if (spec.MissingValues == MissingValues.Zero)
        {
            return (complete, complete);
        }

        var indicators = graph.Add("Cast", [missing], OnnxGraph.Integer("to", (long)TensorProto.Types.DataType.Float));
        return (complete, graph.Add("Concat", [complete, indicators], OnnxGraph.Integer("axis", 2)));
    }

    private static string AddReadOut(OnnxGraph graph, string values, ReadOut readOut)
    {
        switch (readOut)
        {
            case ReadOut.FinalState:
                return values;
            case ReadOut.LastOutput:
                var last = graph.Add("Gather", [values, graph.Constant(-1L)], OnnxGraph.Integer("axis", 0));
                return graph.Add("Squeeze", [last, graph.Constant(0L)]);
            default:
                return graph.Add("ReduceMean", [values], OnnxGraph.Integers("axes", 0), OnnxGraph.Integer("keepdims", 0));
        }
    }

    /// <summary>Adds the read-out of the first time step, of the first two, and so on, <c>[time × batch, outputs]</c>.</summary>
    private static string AddReadOuts(OnnxGraph graph, string values, NetworkSpec spec)
    {
        var summaries = values;
        if (spec.ReadOut == ReadOut.MeanPool)
        {
            // The axis of CumSum is a scalar.
            var time = graph.Add("Squeeze", [graph.Constant(0L)]);
            var ones = graph.Add("Expand", [graph.Constant(1f), graph.Constant(spec.TimeSteps, 1, 1)]);
            summaries = graph.Add("Div", [graph.Add("CumSum", [values, time]), graph.Add("CumSum", [ones, time])]);
        }

        return graph.Add("Reshape", [summaries, graph.Constant(-1, NetworkWeights.OutputSize(spec))]);
    }

    /// <summary>
    /// Adds a value <c>[batch, 1]</c> that is NaN for a row with NaN or infinity among its features after the input stage, otherwise 0. Without it, a row with a missing
    /// value could get a confident prediction because ONNX Runtime's activation functions clamp their inputs.
    /// </summary>
    private static string AddMissingMark(OnnxGraph graph, string features, NetworkSpec spec)
    {
        var flat = graph.Add("Reshape", [features, graph.Constant(0, (long)spec.TimeSteps * spec.Features)]);
        var marks = graph.Add("Mul", [flat, graph.Constant(0f)]);
        return graph.Add("ReduceSum", [marks, graph.Constant(1L)], OnnxGraph.Integer("keepdims", 1));
    }
}

using Rnn.MLNet.Networks;

using static TorchSharp.torch;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// A layer of a cell that ONNX has no operator for: one Scan a direction, whose body computes a step out of ordinary operators.
/// </summary>
internal static class ScanOperator
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="layer">The weights of one or both directions.</param>
    /// <param name="wanted">The result that is read.</param>
    /// <param name="step">Makes the step of a direction from its weights.</param>
    /// <returns>The name of the wanted result.</returns>
    public static string Add(OnnxGraph graph, RecurrentLayer layer, LayerOutput wanted, Func<IReadOnlyList<Tensor>, ScanStep> step)
    {
        var forward = AddDirection(graph, step(layer.Forward), wanted, isBackward: false);
        if (layer.Backward is null)
        {
            return forward;
        }

        var backward = AddDirection(graph, step(layer.Backward), wanted, isBackward: true);
        return graph.Add("Concat", [forward, backward], OnnxGraph.Integer("axis", -1));
    }

    /// <summary>The inputs of all steps times a kernel of <c>[gates × units, inputs]</c>, at once.</summary>
    public static string Project(OnnxGraph graph, string inputs, Tensor kernel, Tensor? bias = null)
    {
        var product = graph.Add("MatMul", [inputs, Transposed(graph, kernel)]);
        return bias is null ? product : graph.Add("Add", [product, Weight(graph, bias)]);
    }

    public static string Weight(OnnxGraph graph, Tensor weight) => graph.Weight(WeightValues.Of(weight), weight.shape);

    /// <summary>A kernel as the right side of a product.</summary>
    public static string Transposed(OnnxGraph graph, Tensor kernel)
    {
        using var transposed = kernel.t();
        return Weight(graph, transposed);
    }

    private static string AddDirection(OnnxGraph graph, ScanStep step, LayerOutput wanted, bool isBackward)
    {
        var batch = graph.Add("Shape", [step.Inputs], OnnxGraph.Integer("start", 1), OnnxGraph.Integer("end", 2));
        var initial = step.StateSizes.Select(size =>
            graph.Add("ConstantOfShape", [graph.Add("Concat", [batch, graph.Constant((long)size)], OnnxGraph.Integer("axis", 0))]));
        // Direction 1 reads from the end, and writes so that the outputs stand in the input's order again.
        var direction = isBackward ? 1 : 0;
        var results = graph.AddAll(
            step.StateSizes.Count + 1,
            "Scan",
            [.. initial, step.Inputs],
            OnnxGraph.Graph("body", Body(graph, step)),
            OnnxGraph.Integer("num_scan_inputs", 1),
            OnnxGraph.Integers("scan_input_directions", direction),
            OnnxGraph.Integers("scan_output_directions", direction));
        return wanted == LayerOutput.Final ? results[0] : results[^1];
    }

    private static OnnxGraph Body(OnnxGraph graph, ScanStep step)
    {
        var body = graph.NewBody("step");
        var states = step.StateSizes.Select(size => body.Input(OnnxGraph.BatchDimension, size)).ToList();
        var slice = body.Input(OnnxGraph.BatchDimension, step.InputSize);
        var next = step.Body(body, slice, states);
        for (var i = 0; i < next.Count; i++)
        {
            body.Output(next[i], OnnxGraph.BatchDimension, step.StateSizes[i]);
        }

        body.Output(next[0], OnnxGraph.BatchDimension, step.StateSizes[0]);
        return body;
    }
}

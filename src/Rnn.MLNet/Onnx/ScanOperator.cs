using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// A layer of a cell that ONNX has no operator for: one Scan a direction, whose body computes a step out of ordinary operators.
/// </summary>
internal static class ScanOperator
{
    /// <summary>Adds the layer.</summary>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="directions">The step of each direction, forward first; each is made when it is its turn to be added.</param>
    /// <param name="everyStep">Whether the outputs of every step are wanted; otherwise each direction's own last one.</param>
    /// <returns>The name of the wanted output.</returns>
    public static string Add(OnnxGraph graph, IEnumerable<ScanStep> directions, bool everyStep)
    {
        List<string> outputs = [];
        foreach (var step in directions)
        {
            outputs.Add(AddDirection(graph, step, everyStep, isBackward: outputs.Count > 0));
        }

        return outputs.Count == 1 ? outputs[0] : graph.Add("Concat", outputs, OnnxGraph.Integer("axis", -1));
    }

    /// <summary>The inputs of all steps times a kernel of <c>[gates × units, inputs]</c>, at once.</summary>
    public static string Project(OnnxGraph graph, string inputs, Tensor kernel, Tensor? bias = null)
    {
        var product = graph.Add("MatMul", [inputs, Transposed(graph, kernel)]);
        return bias is null ? product : graph.Add("Add", [product, Weight(graph, bias)]);
    }

    public static string Weight(OnnxGraph graph, Tensor weight) => graph.Weight(TensorMemory.ToArray(weight), weight.shape);

    /// <summary>A kernel as the right side of a product.</summary>
    public static string Transposed(OnnxGraph graph, Tensor kernel)
    {
        using var transposed = kernel.t();
        return Weight(graph, transposed);
    }

    private static string AddDirection(OnnxGraph graph, ScanStep step, bool everyStep, bool isBackward)
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
        return everyStep ? results[^1] : results[0];
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

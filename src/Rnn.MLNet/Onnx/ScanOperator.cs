using Rnn.MLNet.Native;
using static TorchSharp.torch;

namespace Rnn.MLNet.Onnx;

/// <summary>
/// Adds a layer of a cell for which ONNX has no operator: one Scan per direction, whose body computes a time step with elementary operators.
/// </summary>
internal static class ScanOperator
{
    /// <summary>Adds the layer.</summary>
    /// <typeparam name="TWeights">The weights of a direction.</typeparam>
    /// <param name="graph">The graph to add to.</param>
    /// <param name="directions">The weights of each direction, forward first.</param>
    /// <param name="makeStep">Makes the time step of a direction. The names of the weights that it adds to the given graph begin with the direction.</param>
    /// <param name="everyStep">Whether to return the outputs of every time step instead of the final output of each direction only.</param>
    /// <returns>
    /// The name of the outputs of every time step, <c>[time, batch, outputs × directions]</c>, or of the final ones,
    /// <c>[batch, outputs × directions]</c>.
    /// </returns>
    public static string Add<TWeights>(
        OnnxGraph graph, IReadOnlyList<TWeights> directions, Func<OnnxGraph, TWeights, ScanStep> makeStep, bool everyStep)
    {
        List<string> outputs = [];
        foreach (var weights in directions)
        {
            var isBackward = outputs.Count > 0;
            outputs.Add(AddDirection(graph, makeStep(graph.Within(isBackward ? "backward" : "forward"), weights), everyStep, isBackward));
        }

        return outputs.Count == 1 ? outputs[0] : graph.Add("Concat", outputs, OnnxGraph.Integer("axis", -1));
    }

    /// <summary>
    /// Adds the product of the inputs of all time steps with a kernel of shape <c>[gates × units, inputs]</c>, plus a bias if there is one.
    /// </summary>
    /// <returns>The name of the product, <c>[time, batch, gates × units]</c>.</returns>
    public static string Project(OnnxGraph graph, string inputs, Tensor kernel, Tensor? bias = null)
    {
        var product = graph.Add("MatMul", [inputs, Transposed(graph, "kernel", kernel)]);
        return bias is null ? product : graph.Add("Add", [product, Weight(graph, "bias", bias)]);
    }

    public static string Weight(OnnxGraph graph, string name, Tensor weight) => graph.Weight(name, TensorMemory.ToArray(weight), weight.shape);

    /// <summary>Adds the transpose of a kernel as a constant, for the right-hand side of a product.</summary>
    public static string Transposed(OnnxGraph graph, string name, Tensor kernel)
    {
        using var transposed = kernel.t();
        return Weight(graph, name, transposed);
    }

    private static string AddDirection(OnnxGraph graph, ScanStep step, bool everyStep, bool isBackward)
    {
        var batch = graph.Add("Shape", [step.Inputs], OnnxGraph.Integer("start", 1), OnnxGraph.Integer("end", 2));
        var initial = step.StateSizes.Select(size =>
            graph.Add("ConstantOfShape", [graph.Add("Concat", [batch, graph.Constant((long)size)], OnnxGraph.Integer("axis", 0))]));
        // Scan direction 1 reads the inputs from the end and writes the outputs in the order of the inputs.
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

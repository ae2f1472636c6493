using Rnn.MLNet.Onnx;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Cells;

/// <summary>Writes <see cref="BasicRnnCell"/> as ONNX's RNN operator, whose default activation is tanh.</summary>
internal sealed class BasicRnnOnnxWriter(BasicRnnCell cell) : IOnnxWriter
{
    public string Add(OnnxGraph graph, string inputs, IReadOnlyList<CellWeights> directions, bool everyStep) =>
        RecurrentOperator.Add(
            graph, "RNN", cell.Units, inputs,
            [.. directions.Select(weights => new OperatorWeights(
                weights.Values(WeightNames.Kernel), weights.Values(WeightNames.RecurrentKernel), weights.Values(WeightNames.Bias)))],
            everyStep,
            cell.Activation == RnnActivation.Relu ? Rectifiers(directions.Count) : []);

    /// <summary>
    /// ReLU as a leaky one that leaks nothing: if a state overflows, ONNX Runtime's Relu would turn NaN into 0, which would give a row confident scores.
    /// </summary>
    private static AttributeProto[] Rectifiers(int count) =>
        [OnnxGraph.Texts("activations", Enumerable.Repeat("LeakyRelu", count)), OnnxGraph.Numbers("activation_alpha", new float[count])];
}

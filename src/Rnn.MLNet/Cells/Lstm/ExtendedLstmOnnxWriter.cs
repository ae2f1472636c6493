using Rnn.MLNet.Onnx;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Writes <see cref="LstmCell"/> with cell clipping or projection as a Scan, because ONNX's LSTM operator clips the gates instead of the state
/// and has no projection.
/// </summary>
internal sealed class ExtendedLstmOnnxWriter(LstmCell cell) : IOnnxWriter
{
    public string Add(OnnxGraph graph, string inputs, IReadOnlyList<CellWeights> directions, bool everyStep) =>
        ScanOperator.Add(graph, directions, (part, weights) => Step(part, inputs, weights), everyStep);

    private ScanStep Step(OnnxGraph graph, string inputs, CellWeights weights)
    {
        var recurrent = ScanOperator.Transposed(graph, WeightNames.RecurrentKernel, weights[WeightNames.RecurrentKernel]);
        var peepholes = cell.UsePeepholes ? Peepholes(graph, weights[Lstm.Peepholes]) : [];
        var projection = cell.ProjectionSize is null ? null : ScanOperator.Transposed(graph, Lstm.Projection, weights[Lstm.Projection]);

        return new ScanStep(
            ScanOperator.Project(graph, inputs, weights[WeightNames.Kernel], weights[WeightNames.Bias]),
            Lstm.Gates.Count * cell.Units,
            [cell.ProjectionSize ?? cell.Units, cell.Units],
            (body, slice, states) =>
            {
                var (h, c) = (states[0], states[1]);
                var gates = body.Add("Add", [slice, body.Add("MatMul", [h, recurrent])]);
                var parts = body.AddAll(Lstm.Gates.Count, "Split", [gates], OnnxGraph.Integer("axis", 1));
                var (i, f, g, o) = (parts[0], parts[1], parts[2], parts[3]);
                c = body.Add("Add",
                [
                    body.Add("Mul", [Gate(body, f, c, 1), c]),
                    body.Add("Mul", [Gate(body, i, c, 0), body.Add("Tanh", [g])]),
                ]);
                c = Clip(body, c, cell.CellClip);
                h = body.Add("Mul", [Gate(body, o, c, 2), body.Add("Tanh", [c])]);
                if (projection is not null)
                {
                    h = Clip(body, body.Add("MatMul", [h, projection]), cell.ProjectionClip);
                }

                return [h, c];
            });

        string Gate(OnnxGraph body, string value, string state, int peephole) => body.Add("Sigmoid",
        [
            cell.UsePeepholes ? body.Add("Add", [value, body.Add("Mul", [state, peepholes[peephole]])]) : value,
        ]);
    }

    private static string[] Peepholes(OnnxGraph graph, Tensor weight)
    {
        using var i = weight[0];
        using var f = weight[1];
        using var o = weight[2];
        return
        [
            ScanOperator.Weight(graph, $"{Lstm.Peepholes}_i", i), ScanOperator.Weight(graph, $"{Lstm.Peepholes}_f", f),
            ScanOperator.Weight(graph, $"{Lstm.Peepholes}_o", o),
        ];
    }

    private static string Clip(OnnxGraph body, string value, double? bound) => bound is { } limit
        ? body.Add("Max", [body.Add("Min", [value, body.Constant((float)limit)]), body.Constant((float)-limit)])
        : value;
}

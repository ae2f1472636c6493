using Rnn.MLNet.Onnx;

using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// From libtorch's layout of a cell's weights to ONNX's. Both stack the gates along the first dimension, in orders of
/// their own; ONNX puts the directions in front of them and both biases into one row. All reordering is here.
/// </summary>
internal sealed class OnnxGateOrder
{
    /// <summary>i, f, g, o becomes i, o, f, c (libtorch's g is ONNX's c).</summary>
    public static readonly OnnxGateOrder Lstm = new(0, 3, 1, 2);

    /// <summary>r, z, n becomes z, r, h (libtorch's n is ONNX's h).</summary>
    public static readonly OnnxGateOrder Gru = new(1, 0, 2);

    /// <summary>i, f, o becomes i, o, f: the three gates that have peepholes.</summary>
    public static readonly OnnxGateOrder Peepholes = new(0, 2, 1);

    /// <summary>One gate, nothing to reorder.</summary>
    public static readonly OnnxGateOrder Rnn = new(0);

    private readonly int[] _order;

    private OnnxGateOrder(params int[] order) => _order = order;

    /// <summary>The kernels of each direction, <c>[gates × units, inputs]</c>, as <c>[directions, gates × units, inputs]</c>.</summary>
    public string AddKernel(OnnxGraph graph, IReadOnlyList<Tensor> directions)
    {
        var values = directions.SelectMany(Reorder).ToArray();
        return graph.Weight(values, directions.Count, directions[0].shape[0], directions[0].shape[1]);
    }

    /// <summary>
    /// The biases of each direction, <c>[gates × units]</c>, as <c>[directions, 2 × gates × units]</c>: first the
    /// kernel's, then the recurrent kernel's, which is zero in a cell that has one bias only.
    /// </summary>
    public string AddBias(OnnxGraph graph, IReadOnlyList<(Tensor Kernel, Tensor? Recurrent)> directions)
    {
        var length = (int)directions[0].Kernel.shape[0];
        var values = directions.SelectMany(bias =>
            Reorder(bias.Kernel).Concat(bias.Recurrent is null ? new float[length] : Reorder(bias.Recurrent))).ToArray();
        return graph.Weight(values, directions.Count, 2 * length);
    }

    /// <summary>The peepholes of each direction, <c>[3, units]</c>, as <c>[directions, 3 × units]</c>.</summary>
    public string AddPeepholes(OnnxGraph graph, IReadOnlyList<Tensor> directions)
    {
        var values = directions.SelectMany(Reorder).ToArray();
        return graph.Weight(values, directions.Count, values.Length / directions.Count);
    }

    private float[] Reorder(Tensor weight)
    {
        var values = WeightValues.Of(weight);
        var gate = values.Length / _order.Length;
        var reordered = new float[values.Length];
        for (var target = 0; target < _order.Length; target++)
        {
            values.AsSpan(_order[target] * gate, gate).CopyTo(reordered.AsSpan(target * gate));
        }

        return reordered;
    }
}

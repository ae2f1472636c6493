namespace Rnn.MLNet.Cells;

/// <summary>
/// From TensorFlow's layout of a cell's weights to libtorch's. TensorFlow has the gates side by side in the columns and the
/// rows of the inputs above those of the state; libtorch has the gates below each other in the rows, in an order of its
/// own. All of that reordering is here.
/// </summary>
internal sealed class TensorFlowGateOrder
{
    /// <summary>i, j, f, o becomes i, f, g, o (TensorFlow's j is libtorch's g).</summary>
    public static readonly TensorFlowGateOrder Lstm = new(0, 2, 1, 3);

    /// <summary>r, u stays r, z.</summary>
    public static readonly TensorFlowGateOrder GruGates = new(0, 1);

    /// <summary>One gate, nothing to reorder.</summary>
    public static readonly TensorFlowGateOrder Single = new(0);

    private readonly int[] _order;

    private TensorFlowGateOrder(params int[] order) => _order = order;

    /// <summary>Some rows of a kernel, <c>[rows, gates × units]</c>, as <c>[gates × units, rows]</c>.</summary>
    public float[] Rows(TensorFlowTensor kernel, int first, int count)
    {
        var columns = kernel.Shape[1];
        var units = columns / _order.Length;
        var result = new float[count * columns];
        for (var target = 0; target < columns; target++)
        {
            var source = _order[target / units] * units + target % units;
            for (var row = 0; row < count; row++)
            {
                result[target * count + row] = kernel.Values[(first + row) * columns + source];
            }
        }

        return result;
    }

    /// <summary>A vector of <c>[gates × units]</c>, its gates in libtorch's order.</summary>
    public float[] Vector(ReadOnlySpan<float> values)
    {
        var units = values.Length / _order.Length;
        var result = new float[values.Length];
        for (var target = 0; target < values.Length; target++)
        {
            result[target] = values[_order[target / units] * units + target % units];
        }

        return result;
    }
}

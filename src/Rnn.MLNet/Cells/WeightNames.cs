namespace Rnn.MLNet.Cells;

/// <summary>The names of the weights that cells of several families have. What one family alone has is named in its folder.</summary>
internal static class WeightNames
{
    /// <summary>What the inputs are multiplied with, <c>[gates × units, inputs]</c>.</summary>
    public const string Kernel = "kernel";

    /// <summary>What the last output is multiplied with, <c>[gates × units, outputs]</c>.</summary>
    public const string RecurrentKernel = "recurrent_kernel";

    /// <summary><c>[gates × units]</c>.</summary>
    public const string Bias = "bias";

    /// <summary>The bias of the recurrent product, <c>[gates × units]</c>, in a cell whose gates do not simply add the two.</summary>
    public const string RecurrentBias = "recurrent_bias";
}

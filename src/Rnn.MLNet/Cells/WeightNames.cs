namespace Rnn.MLNet.Cells;

/// <summary>The names of the weights that several families of cells share. Weights of a single family are named in its folder.</summary>
internal static class WeightNames
{
    /// <summary>The weights of the inputs, <c>[gates × units, inputs]</c>.</summary>
    public const string Kernel = "kernel";

    /// <summary>The weights of the previous output, <c>[gates × units, outputs]</c>.</summary>
    public const string RecurrentKernel = "recurrent_kernel";

    /// <summary>The bias of the gates, <c>[gates × units]</c>.</summary>
    public const string Bias = "bias";

    /// <summary>The bias of the recurrent product, <c>[gates × units]</c>, in cells in which it cannot be merged with <see cref="Bias"/>.</summary>
    public const string RecurrentBias = "recurrent_bias";
}

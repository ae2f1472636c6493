namespace Rnn.MLNet.Kernels;

/// <summary>All time steps of some rows, each matrix <c>[steps × rows, …]</c>.</summary>
internal readonly ref struct CellHistory(Matrix inputs, Matrix before, Matrix after, Matrix gradients)
{
    /// <summary>The inputs of the layer.</summary>
    public readonly Matrix Inputs = inputs;

    /// <summary>The states before and after each time step.</summary>
    public readonly Matrix Before = before, After = after;

    /// <summary>The scratch memory of each time step, after the backward pass.</summary>
    public readonly Matrix Gradients = gradients;
}

namespace Rnn.MLNet;

/// <summary>
/// Long short-term memory with the extensions of TensorFlow 1's LSTMCell (Sak et al., 2014): peepholes, clipping and projection,
/// in any combination. Without extensions it is equivalent to <see cref="BasicLstmCell"/>.
/// </summary>
/// <remarks>
/// Peepholes add <c>w_i c</c> and <c>w_f c</c> of the previous cell state to the input and forget gates, and <c>w_o c'</c> of the new cell state to
/// the output gate. The clipped cell state is passed to the next time step. The projected output <c>h' = P (σ(o) tanh(c'))</c> is both the output
/// of the layer and the recurrent state.
/// </remarks>
/// <param name="Units">The size of the cell state, from 1 to 65,536.</param>
public sealed record LstmCell(int Units) : RnnCell(Units)
{
    /// <summary>The initial bias of the forget gate, from -1e6 to 1e6. Default 1.</summary>
    public double ForgetBias { get; init; } = 1.0;

    /// <summary>Whether the gates depend on the cell state through diagonal weights (Gers and Schmidhuber, 2000). Default false.</summary>
    public bool UsePeepholes { get; init; }

    /// <summary>The magnitude to which the cell state is clipped, from 1e-30 to 3.4e38; null (the default) for no clipping.</summary>
    public double? CellClip { get; init; }

    /// <summary>The size to which the output is projected, from 1 to 65,536; null (the default) for no projection.</summary>
    public int? ProjectionSize { get; init; }

    /// <summary>
    /// The magnitude to which the projected output is clipped, from 1e-30 to 3.4e38; null (the default) for no clipping. Requires
    /// <see cref="ProjectionSize"/>.
    /// </summary>
    public double? ProjectionClip { get; init; }

    /// <summary>Whether any extension is used.</summary>
    internal bool HasExtensions => UsePeepholes || CellClip is not null || ProjectionSize is not null;

    private protected override void ValidateProperties()
    {
        OptionRequirement.Bounded(ForgetBias, Named(nameof(ForgetBias)));
        OptionRequirement.Positive(CellClip, Named(nameof(CellClip)));
        Require(ProjectionSize is null or (>= 1 and <= MaximumUnits), nameof(ProjectionSize), ProjectionSize, $"from 1 to {MaximumUnits}, or null");
        OptionRequirement.Positive(ProjectionClip, Named(nameof(ProjectionClip)));
        Require(ProjectionClip is null || ProjectionSize is not null, nameof(ProjectionClip), ProjectionClip, "null unless ProjectionSize is given (it is null)");
    }
}

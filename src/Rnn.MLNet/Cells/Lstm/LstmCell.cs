namespace Rnn.MLNet;

/// <summary>
/// Long short-term memory with the extensions of TensorFlow 1's LSTMCell (Sak et al., 2014): peepholes, clipping and projection,
/// in any combination. Without any of them it is <see cref="BasicLstmCell"/>.
/// </summary>
/// <remarks>
/// Peepholes add <c>w_i c</c> and <c>w_f c</c> of the old cell state to two gates and <c>w_o c'</c> of the new one to the third. The clipped cell
/// state is the one that is kept. The projected output <c>h' = P (σ(o) tanh(c'))</c> is what the layer gives out and what recurs.
/// </remarks>
/// <param name="Units">Size of the cell state, from 1 to 65,536.</param>
public sealed record LstmCell(int Units) : RnnCell(Units)
{
    /// <summary>Added to the forget gate. Default 1; from -1e6 to 1e6.</summary>
    public double ForgetBias { get; init; } = 1.0;

    /// <summary>Whether the gates see the cell state through diagonal weights (Gers and Schmidhuber, 2000). Default false.</summary>
    public bool UsePeepholes { get; init; }

    /// <summary>Bound of the cell state's magnitude, from 1e-30; null (the default) for none.</summary>
    public double? CellClip { get; init; }

    /// <summary>Size that the output is projected to, at least 1; null (the default) for no projection.</summary>
    public int? ProjectionSize { get; init; }

    /// <summary>Bound of the projected output's magnitude, from 1e-30; null (the default) for none. Needs <see cref="ProjectionSize"/>.</summary>
    public double? ProjectionClip { get; init; }

    /// <summary>Whether the cell is more than a <see cref="BasicLstmCell"/>.</summary>
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

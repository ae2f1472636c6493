using System.Globalization;
using System.Reflection;

namespace Rnn.MLNet;

/// <summary>
/// The recurrent cell of a network: what one time step computes. The names are those of TensorFlow 1.8.
/// </summary>
/// <param name="Units">Size of the hidden state, from 1 to 65,536. A layer's outputs are <c>[batch, time, Units]</c>.</param>
public abstract record RnnCell(int Units)
{
    /// <summary>Far beyond any useful size; keeps the arithmetic of shapes within bounds.</summary>
    internal const int MaximumUnits = 65_536;

    /// <summary>The properties by name, with values that are the same in every culture: they go into files and are compared.</summary>
    internal IEnumerable<(string Name, string Value)> Properties => GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .OrderBy(property => property.DeclaringType == typeof(RnnCell) ? 0 : 1)
        .Select(property => (property.Name, Convert.ToString(property.GetValue(this), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null"));

    /// <summary>The cell in words, the same in every culture.</summary>
    /// <returns>Its name and its properties.</returns>
    public sealed override string ToString() =>
        $"{GetType().Name} {{ {string.Join(", ", Properties.Select(property => $"{property.Name} = {property.Value}"))} }}";
}

/// <summary>
/// The simple recurrent cell of Elman (1990): <c>h' = tanh(W x + U h + b)</c>.
/// Fast and small; remembers for a few dozen steps at best.
/// </summary>
/// <param name="Units">Size of the hidden state, from 1 to 65,536.</param>
public sealed record BasicRnnCell(int Units) : RnnCell(Units);

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber, 1997) with a forget gate (Gers et al., 2000) and no peepholes:
/// <c>c' = σ(f) c + σ(i) tanh(g)</c>, <c>h' = σ(o) tanh(c')</c>.
/// </summary>
/// <param name="Units">Size of the hidden state, from 1 to 65,536.</param>
public sealed record BasicLstmCell(int Units) : RnnCell(Units)
{
    /// <summary>
    /// What the forget gate's bias starts at. A positive value lets the network remember from the first step on
    /// (Jozefowicz et al., 2015). Default 1; from -1e6 to 1e6.
    /// </summary>
    public double ForgetBias { get; init; } = 1.0;
}

/// <summary>
/// Gated recurrent unit (Cho et al., 2014): <c>h' = u h + (1 − u) n</c> with the update gate <c>u</c> and the candidate
/// <c>n</c>, into which the reset gate <c>r</c> lets the old state.
/// </summary>
/// <param name="Units">Size of the hidden state, from 1 to 65,536.</param>
public sealed record GruCell(int Units) : RnnCell(Units)
{
    /// <summary>
    /// True (the default, and what PyTorch, cuDNN and Keras compute): the reset gate acts after the matrix product,
    /// <c>n = tanh(W x + b + r (U h + d))</c>. False (TensorFlow 1's GRUCell and the original paper): before it,
    /// <c>n = tanh(W x + U (r h) + b)</c>.
    /// </summary>
    public bool ResetAfter { get; init; } = true;
}

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
}

/// <summary>
/// Long short-term memory with layer normalisation (Ba et al., 2016) of the gates and the state, and recurrent dropout
/// (Semeniuta et al., 2016), as TensorFlow 1's LayerNormBasicLSTMCell computes it.
/// </summary>
/// <remarks>
/// Each gate is normalised on its own, and the new cell state too; the normalised state is the one that is kept. Where all
/// values are equal, as before the first input that is not zero, no gradient passes the normalisation: its slope there is a
/// million a step and overflows.
/// </remarks>
/// <param name="Units">Size of the hidden state, from 1 to 65,536; at least 2 with <see cref="LayerNorm"/>: one value, normalised, is always 0.</param>
public sealed record LayerNormBasicLstmCell(int Units) : RnnCell(Units)
{
    /// <summary>Added to the forget gate, after normalisation. Default 1; from -1e6 to 1e6.</summary>
    public double ForgetBias { get; init; } = 1.0;

    /// <summary>Whether gates and state are normalised; without it the gates have a bias. Default true.</summary>
    public bool LayerNorm { get; init; } = true;

    /// <summary>What the gain of each normalisation starts at. Default 1; from -1e6 to 1e6.</summary>
    public double NormGain { get; init; } = 1.0;

    /// <summary>What the shift of each normalisation starts at. Default 0; from -1e6 to 1e6.</summary>
    public double NormShift { get; init; }

    /// <summary>Share of the candidate's values that dropout keeps in training, from 1e-6 to 1. Default 1: no dropout. Scoring never drops.</summary>
    public double DropoutKeepProb { get; init; } = 1.0;
}

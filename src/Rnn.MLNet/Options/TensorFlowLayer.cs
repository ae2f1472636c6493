namespace Rnn.MLNet;

/// <summary>
/// The weights of one recurrent layer in TensorFlow 1's layout, by the names of the variables within the cell.
/// </summary>
/// <remarks>
/// <para>In the shapes below, <c>input</c> is the size of the layer's inputs. The gates are concatenated along the last dimension.</para>
/// <list type="table">
/// <listheader><term>Cell</term><description>Variables</description></listheader>
/// <item>
/// <term><see cref="BasicRnnCell"/></term>
/// <description>
/// <c>kernel</c> [input + units, units], <c>bias</c> [units]. The activation is not among the variables: set <see cref="BasicRnnCell.Activation"/>.
/// </description>
/// </item>
/// <item>
/// <term><see cref="BasicLstmCell"/></term>
/// <description>
/// <c>kernel</c> [input + units, 4 × units], <c>bias</c> [4 × units]: gates i, j, f, o. <c>bias</c> does not include
/// <see cref="BasicLstmCell.ForgetBias"/>, which the cell adds.
/// </description>
/// </item>
/// <item>
/// <term><see cref="GruCell"/></term>
/// <description>
/// <c>gates/kernel</c> [input + units, 2 × units], <c>gates/bias</c> [2 × units]: gates r, u; <c>candidate/kernel</c> [input + units, units],
/// <c>candidate/bias</c> [units]. With <see cref="GruCell.ResetAfter"/>, which TensorFlow 1 does not support, also
/// <c>candidate/hidden_bias</c> [units], the bias that is multiplied by the reset gate.
/// </description>
/// </item>
/// <item>
/// <term><see cref="LstmCell"/></term>
/// <description>
/// <c>kernel</c> [input + outputs, 4 × units], <c>bias</c> [4 × units]: gates i, j, f, o; with peepholes <c>w_i_diag</c>, <c>w_f_diag</c>,
/// <c>w_o_diag</c> [units]; with a projection <c>projection/kernel</c> [units, outputs]. <c>outputs</c> is the size of the projection if there
/// is one, otherwise the number of units.
/// </description>
/// </item>
/// <item>
/// <term><see cref="LayerNormBasicLstmCell"/></term>
/// <description>
/// <c>kernel</c> [input + units, 4 × units]: gates i, j, f, o; <c>gamma</c> and <c>beta</c> [units] under each of <c>input/</c>,
/// <c>transform/</c>, <c>forget/</c>, <c>output/</c>, <c>state/</c>. Without layer normalisation, <c>bias</c> [4 × units] replaces them.
/// </description>
/// </item>
/// </list>
/// </remarks>
public sealed record TensorFlowLayer
{
    /// <summary>The weights of the forward direction.</summary>
    public required IReadOnlyDictionary<string, TensorFlowTensor> Forward { get; init; }

    /// <summary>The weights of the backward direction; null (the default) for a unidirectional network.</summary>
    public IReadOnlyDictionary<string, TensorFlowTensor>? Backward { get; init; }
}

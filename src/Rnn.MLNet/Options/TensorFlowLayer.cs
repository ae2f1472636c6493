namespace Rnn.MLNet;

/// <summary>
/// The weights of one recurrent layer as TensorFlow 1 stores them, by the names of its variables within the cell.
/// </summary>
/// <remarks>
/// <para>With <c>input</c> the size of the layer's inputs, and the gates side by side in the columns:</para>
/// <list type="table">
/// <listheader><term>Cell</term><description>Variables</description></listheader>
/// <item>
/// <term><see cref="BasicRnnCell"/></term>
/// <description><c>kernel</c> [input + units, units], <c>bias</c> [units]</description>
/// </item>
/// <item>
/// <term><see cref="BasicLstmCell"/></term>
/// <description>
/// <c>kernel</c> [input + units, 4 × units], <c>bias</c> [4 × units]: i, j, f, o. The forget bias is the cell's, not in the weights.
/// </description>
/// </item>
/// <item>
/// <term><see cref="GruCell"/></term>
/// <description>
/// <c>gates/kernel</c> [input + units, 2 × units], <c>gates/bias</c> [2 × units]: r, u; <c>candidate/kernel</c> [input + units, units],
/// <c>candidate/bias</c> [units]. With <see cref="GruCell.ResetAfter"/>, which TensorFlow 1 has not, also
/// <c>candidate/hidden_bias</c> [units], which the reset gate multiplies.
/// </description>
/// </item>
/// <item>
/// <term><see cref="LstmCell"/></term>
/// <description>
/// <c>kernel</c> [input + outputs, 4 × units], <c>bias</c> [4 × units]: i, j, f, o; with peepholes <c>w_i_diag</c>, <c>w_f_diag</c>,
/// <c>w_o_diag</c> [units]; with projection <c>projection/kernel</c> [units, outputs]. Outputs are the projection's size, or the units.
/// </description>
/// </item>
/// <item>
/// <term><see cref="LayerNormBasicLstmCell"/></term>
/// <description>
/// <c>kernel</c> [input + units, 4 × units]: i, j, f, o; <c>gamma</c> and <c>beta</c> [units] under each of <c>input/</c>,
/// <c>transform/</c>, <c>forget/</c>, <c>output/</c>, <c>state/</c>. Without layer normalisation <c>bias</c> [4 × units] in their place.
/// </description>
/// </item>
/// </list>
/// </remarks>
public sealed record TensorFlowLayer
{
    /// <summary>The weights of the forward direction.</summary>
    public required IReadOnlyDictionary<string, TensorFlowTensor> Forward { get; init; }

    /// <summary>The weights of the backward direction; null (the default) in a network of one direction.</summary>
    public IReadOnlyDictionary<string, TensorFlowTensor>? Backward { get; init; }
}

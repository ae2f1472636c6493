namespace Rnn.MLNet.Cells;

/// <summary>
/// Reads the variables of TensorFlow 1's LSTMCell: those of BasicLSTMCell, one vector per peephole and <c>projection/kernel</c>.
/// </summary>
internal sealed class ExtendedLstmTensorFlowLayout(LstmCell cell) : ITensorFlowLayout
{
    private readonly LstmTensorFlowLayout _basic = new(cell.Units, cell.ProjectionSize ?? cell.Units, cell.ForgetBias);

    public IReadOnlyDictionary<string, float[]> Read(int inputSize, TensorFlowVariables variables)
    {
        var weights = _basic.Read(inputSize, variables);
        if (cell.UsePeepholes)
        {
            weights.Add(Lstm.Peepholes, variables.TakeVectors(cell.Units, "w_i_diag", "w_f_diag", "w_o_diag"));
        }

        if (cell.ProjectionSize is { } size)
        {
            weights.Add(Lstm.Projection, variables.Take("projection/kernel", cell.Units, size).Transposed(0, cell.Units));
        }

        return weights;
    }
}

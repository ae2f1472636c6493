using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs <see cref="LayerNormBasicLstmCell"/> without layer normalisation: as an LSTM without extensions, or as a TorchScript loop if recurrent
/// dropout is active.
/// </summary>
internal sealed class DropoutLstmRecurrence(LayerNormBasicLstmCell cell) : IRecurrence
{
    private readonly LstmRecurrence _lstm = new(cell.Units, LstmBias.GlorotUniform(cell.Units, cell.ForgetBias));
    private readonly RecurrentDropout _dropout = new(cell.DropoutKeepProb);

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => cell.DropoutKeepProb == 1;

    public bool GainsFromReducedPrecision => AllowsReducedPrecision;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) => _lstm.Weights(inputSize);

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Generator? dropout, bool everyStep)
    {
        var inputs = input.WithoutLengthsOrState();
        var mask = _dropout.Mask(inputs, cell.Units, dropout);
        return mask.numel() == 0 ? _lstm.Run(input, weights, dropout, everyStep) : ExtendedLstmRecurrence.RunWithDropout(inputs, weights, mask, everyStep);
    }

    public ICellStep Step<T>(CellWeights weights)
        where T : struct, ILanes<T> =>
        _lstm.Step<T>(weights);
}

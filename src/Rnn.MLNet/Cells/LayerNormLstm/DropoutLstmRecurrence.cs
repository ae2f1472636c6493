using Rnn.MLNet.Kernels;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Runs <see cref="LayerNormBasicLstmCell"/> without layer normalisation: as an LSTM without extensions, or, if recurrent dropout is active, as one
/// with masks.
/// </summary>
internal sealed class DropoutLstmRecurrence(LayerNormBasicLstmCell cell) : IRecurrence
{
    private readonly LstmRecurrence _lstm = new(cell.Units, LstmBias.GlorotUniform(cell.Units, cell.ForgetBias));
    private readonly RecurrentDropout _dropout = new(cell.DropoutKeepProb);

    public int OutputSize => cell.Units;

    public bool AllowsReducedPrecision => cell.DropoutKeepProb == 1;

    public bool GainsFromReducedPrecision => AllowsReducedPrecision;

    public IReadOnlyList<WeightSpec> Weights(int inputSize) => _lstm.Weights(inputSize);

    public RecurrenceOutput Run(RecurrenceInput input, CellWeights weights, Tensor? masks, bool everyStep) => masks is null
        ? _lstm.Run(input, weights, masks, everyStep)
        : ExtendedLstmRecurrence.RunWithDropout(input.WithoutLengthsOrState(), weights, masks, everyStep);

    public Tensor? Masks(Tensor inputs, Generator? dropout) => _dropout.Masks(inputs, cell.Units, dropout);

    public ICellStep Step<T>(int inputSize)
        where T : struct, ILanes<T> =>
        cell.DropoutKeepProb == 1 ? _lstm.Step<T>(inputSize) : new ExtendedLstmStep<T>(new LstmCell(cell.Units), inputSize);
}

namespace Rnn.MLNet.Tests.Cells;

/// <summary>Small cells of every kind and with every option, by name, so that a failing test says which.</summary>
internal static class CellSamples
{
    public static readonly IReadOnlyDictionary<string, RnnCell> All = new Dictionary<string, RnnCell>
    {
        ["rnn"] = new BasicRnnCell(4),
        ["rnn, relu"] = new BasicRnnCell(4) { Activation = RnnActivation.Relu },
        ["basic lstm"] = new BasicLstmCell(4),
        ["gru"] = new GruCell(4) { ResetAfter = false },
        ["gru, reset after"] = new GruCell(4),
        ["lstm"] = new LstmCell(4) { ForgetBias = 0.5 },
        ["lstm, peepholes"] = new LstmCell(4) { UsePeepholes = true },
        ["lstm, cell clip"] = new LstmCell(4) { CellClip = 0.3 },
        ["lstm, projection"] = new LstmCell(4) { ProjectionSize = 3 },
        ["lstm, projection clip"] = new LstmCell(4) { ProjectionSize = 3, ProjectionClip = 0.05 },
        ["lstm, peepholes, cell clip"] = new LstmCell(4) { UsePeepholes = true, CellClip = 0.3 },
        ["lstm, peepholes, projection"] = new LstmCell(4) { UsePeepholes = true, ProjectionSize = 5 },
        ["lstm, everything"] = new LstmCell(4) { UsePeepholes = true, CellClip = 0.3, ProjectionSize = 3, ProjectionClip = 0.05 },
        ["layer norm"] = new LayerNormBasicLstmCell(4),
        ["layer norm, dropout"] = new LayerNormBasicLstmCell(4) { NormGain = 0.7, NormShift = 0.1, DropoutKeepProb = 0.6 },
        ["layer norm off"] = new LayerNormBasicLstmCell(4) { LayerNorm = false },
        ["layer norm off, dropout"] = new LayerNormBasicLstmCell(4) { LayerNorm = false, DropoutKeepProb = 0.6 },
    };

    public static TheoryData<string> Names => [.. All.Keys];
}

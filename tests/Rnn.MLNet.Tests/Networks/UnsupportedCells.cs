using Xunit;

namespace Rnn.MLNet.Tests.Networks;

/// <summary>A cell that this version cannot run is refused in words, never replaced by another.</summary>
public sealed class UnsupportedCells
{
    public static TheoryData<RnnCell, string> Cells => new()
    {
        { new GruCell(4) { ResetAfter = false }, "ResetAfter" },
        { new LstmCell(4), nameof(LstmCell) },
        { new LayerNormBasicLstmCell(4), nameof(LayerNormBasicLstmCell) },
    };

    [Theory]
    [MemberData(nameof(Cells), DisableDiscoveryEnumeration = true)]
    public void The_error_says_so(RnnCell cell, string name)
    {
        var error = Assert.Throws<NotSupportedException>(() => SyntheticSequences.Fit(SyntheticSequences.Options with { Cell = cell }));

        Assert.Contains(name, error.Message);
        Assert.Contains("not supported in this version", error.Message);
    }
}

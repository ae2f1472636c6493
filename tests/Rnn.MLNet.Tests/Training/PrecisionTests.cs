using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>What a training computes in, decided by a rule and written down.</summary>
public sealed class PrecisionTests
{
    public static TheoryData<RnnCell, int, bool, bool> Rule => new()
    {
        { new BasicLstmCell(128), 64, true, true },
        { new BasicLstmCell(256), 128, true, true },
        { new LstmCell(128), 64, true, true },
        { new BasicLstmCell(128), 64, false, false },
        { new BasicLstmCell(127), 64, true, false },
        { new BasicLstmCell(128), 63, true, false },
        { new BasicLstmCell(128), 129, true, false },
        { new GruCell(128), 64, true, false },
        { new BasicRnnCell(128), 64, true, false },
        { new LstmCell(128) { UsePeepholes = true }, 64, true, false },
        { new LayerNormBasicLstmCell(128), 64, true, false },
    };

    [Theory]
    [MemberData(nameof(Rule))]
    public void Auto_takes_bfloat16_for_large_LSTMs_and_shards_of_a_middle_size(RnnCell cell, int rowsPerShard, bool hasBFloat16, bool expected)
    {
        var spec = new NetworkSpec(cell, Layers: 1, Bidirectional: false, Dropout: 0, ReadOut.FinalState, TimeSteps: 2, Features: 2, Outputs: 3);

        Assert.Equal(expected ? ScalarType.BFloat16 : ScalarType.Float32, PrecisionChoice.Choose(RnnPrecision.Auto, spec, rowsPerShard, hasBFloat16));
    }

    [Fact]
    public void A_processor_has_bfloat16_if_the_system_says_so()
    {
        Assert.SkipUnless(File.Exists("/proc/cpuinfo"), "It needs Linux's list of what a processor can do.");
        var can = File.ReadAllText("/proc/cpuinfo").Split(' ', '\n').Intersect(["avx512_bf16", "amx_bf16"]).Any();
        var spec = new NetworkSpec(new BasicLstmCell(128), Layers: 1, Bidirectional: false, Dropout: 0, ReadOut.FinalState, TimeSteps: 2, Features: 2, Outputs: 3);

        Assert.Equal(can ? ScalarType.BFloat16 : ScalarType.Float32, PrecisionChoice.Choose(RnnPrecision.Auto, spec, CPU, rowsPerShard: 64));
    }

    /// <summary>The bits are those of Intel's and AMD's manuals: AVX512-BF16 is bit 5 of EAX of leaf 7.1, AMX-BF16 bit 22 of EDX of leaf 7.0.</summary>
    [Theory]
    [InlineData(7, 1 << 5, 0, true)]
    [InlineData(0x20, 0, 1 << 22, true)]
    [InlineData(0x20, ~(1 << 5), ~(1 << 22), false)]
    [InlineData(6, -1, -1, false)]
    public void A_processor_has_bfloat16_by_its_CPUID(int leaves, int eaxOfLeaf71, int edxOfLeaf70, bool expected)
    {
        Assert.Equal(expected, PrecisionChoice.HasBFloat16((leaf, subleaf) => (leaf, subleaf) switch
        {
            (0, 0) => (leaves, -1, -1, -1),
            (7, 0) => (~0, ~0, ~0, edxOfLeaf70),
            (7, 1) => (eaxOfLeaf71, ~0, ~0, ~0),
            _ => (0, 0, 0, 0),
        }));
    }

    [Theory]
    [InlineData(RnnPrecision.Float32, RnnPrecision.Float32)]
    [InlineData(RnnPrecision.BFloat16, RnnPrecision.BFloat16)]
    [InlineData(RnnPrecision.Auto, RnnPrecision.Float32)]
    public void The_history_says_which_it_was(RnnPrecision wanted, RnnPrecision used)
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Precision = wanted });
        using var loop = SyntheticSequences.Fit(SyntheticSequences.Options with { Precision = wanted, Cell = new GruCell(2) { ResetAfter = false } });

        Assert.Equal(used, model.History.Precision);
        Assert.Equal(RnnPrecision.Float32, loop.History.Precision);
    }
}

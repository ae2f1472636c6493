using CsCheck;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Seeds for each purpose and epoch: those of SplitMix64, which no later version may change.</summary>
public sealed class SeedSequenceTests
{
    [Theory]
    // The first numbers of the published generator from a state of 0.
    [InlineData(0UL, 0xE220A8397B1DCDAFUL)]
    [InlineData(0x9E3779B97F4A7C15UL, 0x6E789E6AA1B965F4UL)]
    [InlineData(1UL, 0x910A2DEC89025CC1UL)]
    public void The_mixing_function_is_SplitMix64(ulong state, ulong expected) => Assert.Equal(expected, SeedSequence.Mix(state));

    [Theory]
    [InlineData(1, 0, 0, 1837991619)]
    [InlineData(1, 1, 0, -1703011575)]
    [InlineData(1, 1, 1, -681216540)]
    [InlineData(1, 2, 0, 502301536)]
    [InlineData(1, 3, 0, 1126836117)]
    [InlineData(2, 1, 0, -767830293)]
    [InlineData(-1, 1, 5, -484088892)]
    public void A_seed_is_the_same_in_every_version(int seed, int purpose, long index, int expected) =>
        Assert.Equal(expected, SeedSequence.Derive(seed, (SeedSequence.Purpose)purpose, index));

    [Fact]
    public void Other_seeds_purposes_and_epochs_have_other_seeds() =>
        Gen.Int.Sample(seed =>
        {
            var derived = from other in (int[])[seed, seed + 1]
                          from purpose in Enum.GetValues<SeedSequence.Purpose>()
                          from index in (long[])[0, 1, 2, 1L << 32]
                          select SeedSequence.Derive(other, purpose, index);
            Assert.Equal(2 * 4 * 4, derived.Distinct().Count());
        }, iter: 200);
}

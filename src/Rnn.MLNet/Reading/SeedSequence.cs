
namespace Rnn.MLNet.Reading;

/// <summary>
/// Derives independent seeds from one, so that what is drawn for one purpose or epoch never depends on what was drawn for
/// another. The mixing function is SplitMix64 (Steele et al., 2014).
/// </summary>
internal static class SeedSequence
{
    public static int Derive(int seed, Purpose purpose, long index = 0)
    {
        var state = Mix((uint)seed);
        state = Mix(state ^ (uint)purpose);
        return (int)Mix(state ^ (ulong)index);
    }

    public static ulong Mix(ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }

    /// <summary>What a seed is for.</summary>
    public enum Purpose
    {
        InitialWeights,
        RowOrder,
        Dropout,
        ValidationSplit,
    }
}

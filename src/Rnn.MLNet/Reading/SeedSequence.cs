namespace Rnn.MLNet.Reading;

/// <summary>
/// Derives independent seeds from one seed, so that the random numbers for one purpose or epoch never depend on how many were drawn for
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

    /// <summary>The use of a derived seed.</summary>
    public enum Purpose
    {
        InitialWeights,
        RowOrder,
        Dropout,
        ValidationSplit,
    }
}

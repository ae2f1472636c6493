using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Rnn.MLNet.Cells;

/// <summary>
/// Eight generators of random numbers side by side, each xoshiro128++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM
/// Transactions on Mathematical Software 47, 2021). The same seed gives the same numbers on every processor.
/// </summary>
internal struct RandomBits
{
    private Vector256<uint> _s0, _s1, _s2, _s3;

    /// <summary>Creates generators from their states, one of each in every lane.</summary>
    public RandomBits(Vector256<uint> s0, Vector256<uint> s1, Vector256<uint> s2, Vector256<uint> s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>Creates generators whose states, of 128 bits each, are drawn from a generator of libtorch.</summary>
    public static RandomBits From(Generator generator)
    {
        using var drawn = empty([4, Vector256<uint>.Count], ScalarType.Int64, CPU).random_(0, 1L << 32, generator);
        var bits = drawn.data<long>().ToArray();
        return new(State(0), State(1), State(2), State(3));

        Vector256<uint> State(int part) => Vector256.Create([.. bits.Skip(part * Vector256<uint>.Count).Take(Vector256<uint>.Count).Select(b => (uint)b)]);
    }

    /// <summary>Returns the next eight numbers, of 32 random bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Next()
    {
        var result = RotateLeft(_s0 + _s3, 7) + _s0;
        var shifted = _s1 << 9;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = RotateLeft(_s3, 11);
        return result;
    }

    private static Vector256<uint> RotateLeft(Vector256<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));
}

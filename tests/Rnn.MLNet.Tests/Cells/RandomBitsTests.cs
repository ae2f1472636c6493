using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>The random numbers of dropout.</summary>
public sealed class RandomBitsTests
{
    /// <summary>Those of xoshiro128++ from the state 1, 2, 3, 4, as its authors' program prints them.</summary>
    [Fact]
    public void They_are_xoshiros()
    {
        var random = new RandomBits(Vector256.Create(1u), Vector256.Create(2u), Vector256.Create(3u), Vector256.Create(4u));

        foreach (var expected in (uint[])[641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420])
        {
            Assert.Equal(Vector256.Create(expected), random.Next());
        }
    }

    [Fact]
    public void A_seed_gives_the_same_numbers_and_no_two_generators_do()
    {
        using var one = new Generator(7, CPU);
        using var same = new Generator(7, CPU);
        RandomBits first = RandomBits.From(one), again = RandomBits.From(same), next = RandomBits.From(one);
        var numbers = new HashSet<uint>();
        for (var i = 0; i < 8; i++)
        {
            var drawn = first.Next();
            Assert.Equal(drawn, again.Next());
            var later = next.Next();
            for (var lane = 0; lane < Vector256<uint>.Count; lane++)
            {
                Assert.True(numbers.Add(drawn[lane]) && numbers.Add(later[lane]));
            }
        }
    }
}

using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Cells;

/// <summary>Each value of a mask, of any size and type, is 0 or the inverse of the probability to keep it.</summary>
public sealed class DropoutMaskTests
{
    [Theory]
    [InlineData(0.75, 1)]
    [InlineData(0.75, 7)]
    [InlineData(0.5, 33)]
    [InlineData(0.125, 5)]
    [InlineData(1, 5)]
    public void Every_value_is_kept_or_dropped(double keepProbability, int width)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1, CPU);
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            var places = new float[3 * width];
            for (var draw = 0; draw < 400; draw++)
            {
                var mask = DropoutMask.Draw([3, width], keepProbability, generator, zeros(1, type, CPU));
                Assert.Equal(type, mask.dtype);
                var values = mask.to(ScalarType.Float32).data<float>().ToArray();
                Assert.All(values, value => Assert.True(value == 0 || Math.Abs(value * keepProbability - 1) < (type == ScalarType.BFloat16 ? 0.004 : 1e-6), $"{value}"));
                for (var i = 0; i < places.Length; i++)
                {
                    places[i] += values[i] / 400;
                }
            }

            // Four deviations of the mean of as many draws.
            Assert.All(places, mean => Assert.InRange(mean, 1 - 0.2 * Math.Sqrt(1 / keepProbability - 1) - 4e-3, 1 + 0.2 * Math.Sqrt(1 / keepProbability - 1) + 4e-3));
        }
    }
}

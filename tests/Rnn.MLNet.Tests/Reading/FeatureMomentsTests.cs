using CsCheck;

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Moments from one pass are those of the definition, wherever the values lie.</summary>
public sealed class FeatureMomentsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e6, 1)]
    [InlineData(-3, 1e-6)]
    [InlineData(0, 1e-30)]
    [InlineData(1e30, 1e28)]
    public void They_are_the_mean_the_deviation_and_the_largest_magnitude(double mean, double deviation)
    {
        Gen.Single[-1, 1].Array[2, 60].Sample(
            numbers =>
            {
                float[] values = [.. numbers.Select(number => (float)(mean + deviation * number))];
                var moments = Of(1, values);

                var expected = values.Average(value => (double)value);
                var spread = Math.Sqrt(values.Average(value => (value - expected) * (value - expected)));
                Assert.Equal(expected, moments.Of(0).Mean, Math.Abs(expected) * 1e-12 + spread * 1e-9);
                Assert.Equal(spread, moments.Of(0).Deviation, spread * 1e-6 + double.Epsilon);
                Assert.Equal(values.Max(Math.Abs), moments.Of(0).Magnitude);
            },
            iter: 200, threads: 1, seed: "0000KqkqPRn3");
    }

    [Fact]
    public void Each_feature_has_its_own_over_all_steps_of_all_rows()
    {
        var moments = Of(2, [1, 10, 3, 10], [5, 10, 7, 10]);

        Assert.Equal((4, Math.Sqrt(5), 7f, 0), moments.Of(0));
        Assert.Equal((10, 0, 10f, 0), moments.Of(1));
    }

    [Fact]
    public void Missing_values_do_not_count()
    {
        var moments = Of(2, [float.NaN, float.NaN, 1, float.NaN], [3, float.NaN, float.NaN, float.NaN]);

        Assert.Equal((2, 1, 3f, 0), moments.Of(0));
        Assert.Equal((0, 0, 0f, 0), moments.Of(1));
    }

    [Fact]
    public void Zeros_are_counted_as_a_share()
    {
        Assert.Equal(0.75, Of(2, [0, float.NaN, 0, 1], [-0f, float.NaN, 3, 0]).Of(0).Zeros);
    }

    [Fact]
    public void A_value_that_is_constant_has_no_deviation_to_the_last_bit()
    {
        Assert.Equal(((double)0.1f, 0, 0.1f, 0), Of(1, [.. Enumerable.Repeat(0.1f, 1001)]).Of(0));
    }

    private static FeatureMoments Of(int features, params float[][] rows)
    {
        var moments = new FeatureMoments(features);
        foreach (var row in rows)
        {
            moments.Add(row);
        }

        return moments;
    }
}

namespace Rnn.MLNet.Tests.Reading;

/// <summary>Which features are standardised, and with which numbers.</summary>
public sealed class FeatureScalingTests
{
    [Theory]
    // Near the unit range.
    [InlineData(false, -1, 1)]
    [InlineData(false, 0, 0.1)]
    [InlineData(false, 0, 10)]
    [InlineData(false, -10, 0)]
    [InlineData(false, 0, 0)]
    [InlineData(false, 0.9, 1.1)]
    // Too large, too small, too far from zero, constant away from zero.
    [InlineData(true, 0, 10.5)]
    [InlineData(true, 0, 0.09)]
    [InlineData(true, 0, 255)]
    [InlineData(true, 0, 1e-6)]
    [InlineData(true, 0.95, 1.05)]
    [InlineData(true, 0.5, 0.5)]
    public void Auto_standardises_what_is_not_near_the_unit_range(bool standardised, float one, float other)
    {
        var scaling = FeatureScaling.Of(Of([one, other]), InputScaling.Auto);

        Assert.Equal(standardised, scaling is not null);
        Assert.Null(FeatureScaling.Of(Of([one, other]), InputScaling.None));
        Assert.Equal(1, FeatureScaling.Of(Of([one, other]), InputScaling.Standardize)!.Count);
    }

    [Fact]
    public void Auto_leaves_features_near_the_unit_range_as_they_are_beside_others()
    {
        var scaling = FeatureScaling.Of(Of([0, 1000, 1, 3000], 2), InputScaling.Auto)!;

        Assert.Equal([0, 2000], scaling.Means);
        Assert.Equal([1, 0.001f], scaling.Factors);
        Assert.Equal(1, scaling.Count);
        Assert.Equal(
            "InputScaling: standardising 1 of the 2 features of 'Readings' (feature 1: mean 2000, deviation 1000).", scaling.Describe("Readings"));
    }

    [Fact]
    public void Constant_features_are_only_centred()
    {
        var scaling = FeatureScaling.Of(Of([5, 1e-40f, 5, 2e-40f], 2), InputScaling.Standardize)!;

        Assert.Equal([5, 1.5e-40f], scaling.Means);
        Assert.Equal([1, 1], scaling.Factors);
    }

    [Fact]
    public void The_log_names_three_features_at_most()
    {
        var scaling = FeatureScaling.Of(Of([10, 20, 30, 40, 20, 40, 60, 80], 4), InputScaling.Standardize)!;

        Assert.Equal(
            "InputScaling: standardising 4 of the 4 features of 'x' (feature 0: mean 15, deviation 5; feature 1: mean 30, deviation 10; feature 2: mean 45, deviation 15; …).",
            scaling.Describe("x"));
    }

    private static FeatureMoments Of(float[] row, int features = 1)
    {
        var moments = new FeatureMoments(features);
        moments.Add(row);
        return moments;
    }
}

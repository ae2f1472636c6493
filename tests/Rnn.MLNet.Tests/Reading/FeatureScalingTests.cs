namespace Rnn.MLNet.Tests.Reading;

/// <summary>Which features are standardised, and with which numbers.</summary>
public sealed class FeatureScalingTests
{
    [Theory]
    // Near the unit range.
    [InlineData(false, -1f, 1f)]
    [InlineData(false, 0f, 0.11f)]
    [InlineData(false, 0f, 20f)]
    [InlineData(false, -20f, 0f)]
    [InlineData(false, 9f, 11f)]
    [InlineData(false, 0f, 0f, 0f)]
    [InlineData(false, 0f, 0f, 0.1f)]
    [InlineData(false, 0f, 0f, -10f)]
    // Too large, too small, too far from zero, constant away from zero.
    [InlineData(true, -10.1f, 10.1f)]
    [InlineData(true, 0f, 0.099f)]
    [InlineData(true, 0f, 255f)]
    [InlineData(true, 0f, 1e-6f)]
    [InlineData(true, 1f, 1.18f)]
    [InlineData(true, 8f, 13f)]
    [InlineData(true, 0.5f, 0.5f)]
    [InlineData(true, 0f, 0f, 0.09f)]
    [InlineData(true, 0f, 0f, 10.1f)]
    public void Auto_scales_what_is_not_near_the_unit_range(bool scaled, params float[] values)
    {
        var scaling = FeatureScaling.Of(Of(values), InputScaling.Auto, "x");

        Assert.Equal(scaled, scaling is not null);
        Assert.Null(FeatureScaling.Of(Of(values), InputScaling.None, "x"));
        // What is standardised already, or always 0, stays as it is.
        Assert.Equal(values is [-1, 1] or [0, 0, 0] ? null : 1, FeatureScaling.Of(Of(values), InputScaling.Standardize, "x")?.Count);
    }

    [Fact]
    public void Auto_leaves_features_near_the_unit_range_as_they_are_beside_others()
    {
        var scaling = FeatureScaling.Of(Of([0, 1000, 1, 3000], 2), InputScaling.Auto, "x")!;

        Assert.Equal([0, 2000], scaling.Means);
        Assert.Equal([1, 0.001f], scaling.Factors);
        Assert.Equal(1, scaling.Count);
        Assert.Equal(
            "InputScaling: scaling 1 of the 2 features of 'Readings' (feature 1: minus 2000, divided by 1000).", scaling.Describe("Readings"));
    }

    [Fact]
    public void Features_that_are_mostly_zero_keep_their_zeros_and_reach_one()
    {
        var moments = Of([0, 0, 0, -200, 0, 0, 50, 50], 2);

        var auto = FeatureScaling.Of(moments, InputScaling.Auto, "x")!;
        Assert.Equal(0, auto.Means[0]);
        Assert.Equal(1 / 50f, auto.Factors[0]);
        // Half of the other feature's values are zero: it is standardised.
        Assert.Equal(-37.5f, auto.Means[1]);
        Assert.Equal(12.5f, FeatureScaling.Of(moments, InputScaling.Standardize, "x")!.Means[0]);
    }

    [Theory]
    [InlineData(InputScaling.Auto)]
    [InlineData(InputScaling.Standardize)]
    public void Values_that_would_overflow_are_refused(InputScaling scaling)
    {
        var error = Assert.Throws<InvalidOperationException>(() => FeatureScaling.Of(Of([0, 3e38f, 1, 3e38f, 0, -3e38f], 2), scaling, "Readings"));

        Assert.Equal("Feature 1 of a time step of the feature column 'Readings' has values up to 3E+38, which cannot be standardised in Single. Divide them by a constant, or set InputScaling.None.", error.Message);
        Assert.Null(FeatureScaling.Of(Of([0, 3e38f, 1, 3e38f, 0, -3e38f], 2), InputScaling.None, "Readings"));
    }

    [Fact]
    public void Constant_features_are_only_centred()
    {
        var scaling = FeatureScaling.Of(Of([5, 1e-40f, 5, 2e-40f], 2), InputScaling.Standardize, "x")!;

        Assert.Equal([5, 1.5e-40f], scaling.Means);
        Assert.Equal([1, 1], scaling.Factors);
    }

    [Fact]
    public void The_log_names_three_features_at_most()
    {
        var scaling = FeatureScaling.Of(Of([10, 20, 30, 40, 20, 40, 60, 80], 4), InputScaling.Standardize, "x")!;

        Assert.Equal(
            "InputScaling: scaling 4 of the 4 features of 'x' (feature 0: minus 15, divided by 5; feature 1: minus 30, divided by 10; feature 2: minus 45, divided by 15; …).",
            scaling.Describe("x"));
    }

    [Fact]
    public void The_log_names_no_feature_that_stays_as_it_is()
    {
        var scaling = FeatureScaling.Of(Of([0, 10, 0, 30], 2), InputScaling.Standardize, "x")!;

        Assert.Equal("InputScaling: scaling 1 of the 2 features of 'x' (feature 1: minus 20, divided by 10).", scaling.Describe("x"));
    }

    [Fact]
    public void The_digest_is_that_of_all_numbers()
    {
        string[] digests = [.. ((float[][])[[0, 10, 0, 30], [0, 11, 0, 31], [0, 10, 0, 32], [10, 0, 30, 0]])
            .Select(row => FeatureScaling.Of(Of(row, 2), InputScaling.Standardize, "x")!.Digest())];

        Assert.Equal(4, digests.Distinct().Count());
        Assert.Equal(digests[0], FeatureScaling.Of(Of([0, 10, 0, 30], 2), InputScaling.Auto, "x")!.Digest());
    }

    private static FeatureMoments Of(float[] row, int features = 1)
    {
        var moments = new FeatureMoments(features);
        moments.Add(row);
        return moments;
    }
}

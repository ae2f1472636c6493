namespace Rnn.MLNet.Tests.Samples.WebApi;

/// <summary>An answer, as a client declares it.</summary>
internal sealed record WebPrediction(string Label, Dictionary<string, float> Probabilities, string Model)
{
    public static void AssertEqual(WebPrediction expected, WebPrediction actual)
    {
        Assert.Equal((expected.Label, expected.Model), (actual.Label, actual.Model));
        Assert.Equal(expected.Probabilities.AsEnumerable(), actual.Probabilities.AsEnumerable());
    }
}

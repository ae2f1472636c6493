namespace Rnn.MLNet.Tests.Tasks;

public sealed class PredictedLabelTests
{
    [Theory]
    [InlineData(1u, 0.5f, 0.3f, 0.2f)]
    [InlineData(3u, 0.2f, 0.3f, 0.5f)]
    // The first of equals, as ML.NET's own scorers and the saved model have it.
    [InlineData(1u, 0.4f, 0.4f, 0.2f)]
    [InlineData(2u, 0.2f, 0.4f, 0.4f)]
    [InlineData(1u, 1f, 0f)]
    // Missing.
    [InlineData(0u, float.NaN, float.NaN, float.NaN)]
    public void It_is_the_number_of_the_greatest_score_counted_from_1(uint expected, params float[] scores)
    {
        uint key = 9;
        ((ValueGetter<uint>)new ClassifierOutput(Classification.Columns, Classification.Task(scores.Length).Labels).Getter(1, () => scores))(ref key);

        Assert.Equal(expected, key);
    }
}

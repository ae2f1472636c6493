using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Tasks;

/// <summary>A row's scores are the same whether libtorch computes them or .NET does.</summary>
public sealed class ScoreConversionTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, -2, 0.5f)]
    [InlineData(1000, 1001, -1000)]
    [InlineData(-3e38f, 3e38f, 0)]
    [InlineData(float.NaN, 1, 2)]
    public void A_row_is_converted_as_a_batch_is(float first, float second, float third)
    {
        using var scope = NewDisposeScope();
        var task = Classification.Task(3);
        float[] outputs = [first, second, third];
        var scores = new float[3];

        task.Scores(outputs, scores);

        ScoreColumns.AssertAgree([TensorMemory.ToArray(task.Scores(tensor(outputs, 1, 3)))], [scores], 1e-7);
    }
}

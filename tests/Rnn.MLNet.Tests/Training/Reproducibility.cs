using Rnn.MLNet.Tests.Situations;
using Xunit;

namespace Rnn.MLNet.Tests.Training;

/// <summary>The same seed gives the same weights with nothing else set.</summary>
public sealed class Reproducibility
{
    [Fact]
    public async Task In_any_process_under_any_load()
    {
        var alone = ChildProcess.Run<DefaultFit>("0");
        var beside = ChildProcess.Run<DefaultFit>("0");
        var busy = ChildProcess.Run<DefaultFit>("3");

        var expected = (await alone).Succeeded();
        Assert.Equal(expected, (await beside).Succeeded());
        Assert.Equal(expected, (await busy).Succeeded());
    }

    [Theory]
    [InlineData(RnnPrecision.Auto)]
    [InlineData(RnnPrecision.BFloat16)]
    public void With_any_number_of_threads(RnnPrecision precision)
    {
        // Large enough for Auto to think of bfloat16.
        var options = SyntheticSequences.Options with { Cell = new BasicLstmCell(128), Precision = precision, Dropout = 0.2, BatchSize = 192, Shards = 3, Epochs = 2 };
        string Weights(int threads)
        {
            using var model = SyntheticSequences.Fit(options with { Threads = threads }, rows: 192);
            return model.WeightBits();
        }

        var one = Weights(1);
        Assert.Equal(one, Weights(2));
        Assert.Equal(one, Weights(3));
    }
}

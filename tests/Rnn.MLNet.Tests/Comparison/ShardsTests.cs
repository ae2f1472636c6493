using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace Rnn.MLNet.Tests.Comparison;

public sealed class ShardsTests
{
    [Fact]
    public void The_same_shards_give_the_same_weights_with_any_number_of_threads()
    {
        var options = Experiments.Options(epochs: 2) with { Dropout = 0.2, Shards = 3 };
        var one = Scores(options with { Threads = 1 });
        Assert.Equal(one, Scores(options with { Threads = 2 }));
        Assert.Equal(one, Scores(options with { Threads = 4 }));
        Assert.NotEqual(one, Scores(options with { Threads = 2, Shards = 1 }));
    }

    private static float[] Scores(RnnClassifierOptions options)
    {
        var context = new MLContext(1);
        var data = context.Transforms.Conversion.MapValueToKey("Label").Fit(Bar.View(200)).Transform(Bar.View(200));
        using var model = context.Transforms.RnnClassifier(options).Fit(data);
        return [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)];
    }
}

namespace Rnn.MLNet.Tests.Experiments.Trials;

public sealed class ThreadShareTests
{
    [Fact]
    public void The_same_shards_give_the_same_weights_with_any_number_of_threads()
    {
        var options = SmallExperiments.Options(epochs: 2) with { Dropout = 0.2, Shards = 3 };
        var one = Scores(options with { Threads = 1 });
        Assert.Equal(one, Scores(options with { Threads = 2 }));
        Assert.Equal(one, Scores(options with { Threads = 4 }));
        Assert.NotEqual(one, Scores(options with { Threads = 2, Shards = 1 }));
    }

    [Fact]
    public void A_model_from_TensorFlow_scores_with_the_share_too()
    {
        var weights = new TensorFlowWeights
        {
            Layers = [new TensorFlowLayer { Forward = new Dictionary<string, TensorFlowTensor> { ["kernel"] = new([1, 1], 2, 1), ["bias"] = new([0], 1) } }],
            OutputKernel = new([-5, 0, 5], 1, 3),
            OutputBias = new([0, 0, 0], 3),
        };
        var context = new MLContext(1);
        var data = context.Transforms.Conversion.MapValueToKey("Label").Fit(Bar.View(20)).Transform(Bar.View(20));
        using var share = RnnThreads.Share(5, 5);
        using var model = context.Transforms.RnnClassifierFromTensorFlow(new RnnClassifierOptions { TimeSteps = Bar.Steps * Bar.Width, Cell = new BasicRnnCell(1), Device = RnnDevice.Cpu }, weights).Fit(data);
        var scorer = typeof(RnnClassifierTransformer).GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)
            .Select(field => field.GetValue(model)).OfType<Rnn.MLNet.Scoring.Scorer>().Single();
        Assert.Equal(5, scorer.Threads);
    }

    private static float[] Scores(RnnClassifierOptions options)
    {
        var context = new MLContext(1);
        var data = context.Transforms.Conversion.MapValueToKey("Label").Fit(Bar.View(200)).Transform(Bar.View(200));
        using var model = context.Transforms.RnnClassifier(options).Fit(data);
        return [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)];
    }
}

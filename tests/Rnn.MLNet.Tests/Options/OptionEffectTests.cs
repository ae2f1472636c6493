namespace Rnn.MLNet.Tests.Options;

/// <summary>An option that has a part in the training changes the weights; one that has none leaves every bit.</summary>
public sealed class OptionEffectTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { BatchSize = 32, Cell = new BasicLstmCell(3), Device = RnnDevice.Cpu };

    public static TheoryData<RnnClassifierOptions> Changes =>
    [
        Options with { Cell = new BasicLstmCell(3) { ForgetBias = 0.5 } },
        Options with { Cell = new BasicRnnCell(3) },
        Options with { Cell = new BasicRnnCell(3) { Activation = RnnActivation.Relu } },
        Options with { Cell = new GruCell(3) },
        Options with { Cell = new GruCell(3) { UpdateBias = 0.5 } },
        Options with { Layers = 2 },
        Options with { Bidirectional = true },
        Options with { Dropout = 0.5 },
        Options with { ReadOut = ReadOut.MeanPool },
        Options with { OutputInitializer = WeightInitializer.StandardNormal },
        Options with { TimeSteps = 3 },
        Options with { Optimizer = OptimizerKind.Sgd },
        Options with { Optimizer = OptimizerKind.RmsProp },
        Options with { LearningRate = 0.031 },
        Options with { LearningRateSchedule = LearningRateSchedule.Constant },
        Options with { LearningRateSchedule = LearningRateSchedule.Cosine },
        Options with { WeightDecay = 0.1 },
        Options with { Optimizer = OptimizerKind.AdamW, WeightDecay = 0.1 },
        Options with { Optimizer = OptimizerKind.Sgd, GradientClipNorm = 0.01 },
        Options with { BatchSize = 31 },
        Options with { Epochs = 3 },
        Options with { ScheduleEpochs = 3 },
        Options with { MaxSteps = 5 },
        Options with { ValidationFraction = 0.1 },
        Options with { Seed = 2 },
        Options with { ExampleWeightColumnName = "Weight" },
        Options with { FeatureColumnName = "Weights" },
    ];

    [Fact]
    public void Each_of_these_gives_other_weights()
    {
        var bits = Changes.Select(change => Weights(change.Data)).Append(Weights(Options)).ToList();

        Assert.Equal(bits.Count, bits.Distinct().Count());
    }

    [Fact]
    public void None_of_these_does()
    {
        var expected = Weights(Options);

        Assert.All(
            [
                Options with { ScoreColumnName = "Probabilities", PredictedLabelColumnName = "Class" },
                Options with { TimeSteps = SyntheticSequences.TimeSteps },
                Options with { OnCancel = OnCancel.KeepBest },
                Options with { CacheRows = CacheRows.All },
                Options with { Threads = 3, Shards = 1 },
                Options with { Device = torch.cuda_is_available() ? RnnDevice.Cpu : RnnDevice.Auto },
                Options with { MaxSteps = 6 },
                Options with { ScheduleEpochs = 2 },
                Options with { Progress = new Listener() },
            ],
            options => Assert.Equal(expected, Weights(options)));
    }

    [Fact]
    public void A_share_of_the_cores_gives_the_threads_and_shards_that_are_not_named()
    {
        // Parts in which the gradient is added up differ in their last bits.
        var (one, two) = (Log(Options with { Threads = 1, Shards = 1 }), Log(Options with { Threads = 1, Shards = 2 }));
        Assert.NotEqual(one.Weights, two.Weights);
        Assert.Contains("1 workers", one.Message);

        using (RnnThreads.Share(3, 2))
        {
            Assert.Equal((3, 2), (RnnThreads.Default, RnnThreads.DefaultShards));
            Assert.Equal(two.Weights, Log(Options with { Threads = null }).Weights);
            Assert.Contains("3 workers", Log(Options with { Threads = null }).Message);
            Assert.Equal(one.Weights, Log(Options with { Threads = null, Shards = 1 }).Weights);
            Assert.Equal(one.Weights, Log(Options with { Threads = 1 }).Weights);
            Assert.Equal(two.Weights, Log(Options with { Threads = 2 }).Weights);
            using (RnnThreads.Share(1, 1))
            {
                Assert.Equal(one.Weights, Log(Options with { Threads = null }).Weights);
            }

            Assert.Equal((3, 2), (RnnThreads.Default, RnnThreads.DefaultShards));
        }

        Assert.Equal((Environment.ProcessorCount, (int?)null), (RnnThreads.Default, RnnThreads.DefaultShards));
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => RnnThreads.Share(0, 1)).ParamName);
        Assert.Equal("shards", Assert.Throws<ArgumentOutOfRangeException>(() => RnnThreads.Share(1, 0)).ParamName);
    }

    [Fact]
    public void The_log_says_what_is_trained_on_what()
    {
        // A kernel of 4 × 3 gates × (2 + 3) inputs with a bias, and an output layer of 3 × 3 with one.
        Assert.Contains("Training 84 weights on 96 rows of 6 steps of 2 features: CPU, 1 workers, Float32.", Log(Options).Message);
    }

    private static string Weights(RnnClassifierOptions options) => Log(options).Weights;

    private static (string Weights, string Message) Log(RnnClassifierOptions options)
    {
        var context = new MLContext(seed: 1);
        var messages = new ConcurrentQueue<string>();
        context.Log += (_, message) => messages.Enqueue(message.RawMessage);
        var rows = SyntheticSequences.Rows(96).Select((row, i) => new Sequence<string> { Features = row.Features, Label = row.Label, Weight = 1 + i % 4 });
        var data = SyntheticSequences.Keyed(context, rows);
        if (options.FeatureColumnName == "Weights")
        {
            options = options with { TimeSteps = SyntheticSequences.TimeSteps };
            data = context.Transforms.Concatenate("Weights", "Weight", "Weight", "Weight", "Weight", "Weight", "Weight").Fit(data).Transform(data);
        }

        using var model = context.Transforms.RnnClassifier(options).Fit(data);
        return (model.WeightBits(), messages.Single(message => message.Contains("Training ", StringComparison.Ordinal) && message.Contains("workers", StringComparison.Ordinal)));
    }
}

namespace Rnn.MLNet.Tests.Training;

/// <summary>A checkpoint that a training cannot be resumed from is refused, with what differs, or as damaged; nothing else happens.</summary>
public sealed class CheckpointRefusalTests : IDisposable
{
    private readonly InterruptedTraining _training = new();

    private static RnnClassifierOptions Options => InterruptedTraining.Options;

    public void Dispose() => _training.Dispose();

    public static TheoryData<RnnClassifierOptions, string> Others => new()
    {
        { Options with { Cell = new GruCell(6) }, "Cell: expected GruCell, found BasicLstmCell" },
        { Options with { Cell = new BasicLstmCell(6) { ForgetBias = 0.5 } }, "Cell.ForgetBias: expected 0.5, found 1" },
        { Options with { Cell = new BasicLstmCell(7) }, "Cell.Units: expected 7, found 6" },
        { Options with { Layers = 2 }, "Layers: expected 2, found 1" },
        { Options with { Bidirectional = true }, "Bidirectional: expected True, found False" },
        { Options with { Dropout = 0.25 }, "Dropout: expected 0.25, found 0" },
        { Options with { ReadOut = ReadOut.MeanPool }, "ReadOut: expected MeanPool, found FinalState" },
        { Options with { OutputInitializer = WeightInitializer.StandardNormal }, "OutputInitializer: expected StandardNormal, found GlorotUniform" },
        { Options with { TimeSteps = 3 }, "TimeSteps: expected 3, found 6; features of a step: expected 4, found 2" },
        { Options with { ValidationFraction = 0, EarlyStoppingPatience = null }, "validation rows: expected none, found 19 with digest " },
        { Options with { Optimizer = OptimizerKind.AdamW }, "Optimizer: expected AdamW, found Adam" },
        { Options with { LearningRate = 0.04 }, "LearningRate: expected 0.04, found 0.03" },
        { Options with { LearningRateSchedule = LearningRateSchedule.Cosine }, "LearningRateSchedule: expected Cosine, found OneCycle" },
        { Options with { ScheduleEpochs = 5 }, "(ScheduleEpochs): expected 25, found 20" },
        { Options with { WeightDecay = 0.1 }, "WeightDecay: expected 0.1, found 0" },
        { Options with { GradientClipNorm = null }, "GradientClipNorm: expected null, found 1" },
        { Options with { BatchSize = 8 }, "BatchSize: expected 8, found 16" },
        { Options with { EarlyStoppingPatience = 4 }, "EarlyStoppingPatience: expected 4, found 3" },
        { Options with { Epochs = null, ScheduleEpochs = null, EarlyStoppingPatience = null }, "early stopping (by metric if Epochs and EarlyStoppingPatience are left open): expected by metric, found by loss" },
        { Options with { ClassWeights = ClassWeights.Balanced }, "ClassWeights: expected Balanced, found None" },
        { Options with { InputScaling = InputScaling.Standardize }, "InputScaling: expected 2 features scaled with digest " },
        { Options with { MissingValues = MissingValues.Zero }, "MissingValues: expected Zero, found Refuse" },
        { Options with { Seed = 2 }, "Seed: expected 2, found 1" },
        { Options with { Shards = 2 }, "Shards: expected 2, found 1" },
        { Options with { Precision = RnnPrecision.BFloat16 }, "Precision: expected BFloat16, found Float32" },
        { Options with { CacheRows = CacheRows.None }, "CacheRows: expected None, found All" },
        { Options with { ValidationFraction = 0.4 }, "validation rows: expected " },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void What_differs_is_named_with_both_values(RnnClassifierOptions options, string difference)
    {
        var message = _training.Refused(options);

        Assert.Contains("is of another training", message);
        Assert.Contains(difference, message);
        Assert.Contains("Delete it or choose another CheckpointPath.", message);
    }

    [Fact]
    public void Other_rows_and_other_classes_are_named()
    {
        var context = new MLContext(seed: 1);
        var renamed = SyntheticSequences.Relabelled(96, colour => new[] { "a", "b", "c" }[colour]);
        var data = context.Data.LoadFromEnumerable(renamed);
        var keyed = context.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);

        var rows = _training.Refused(Options, rows: 99);
        var classes = _training.Refused(() => context.Transforms.RnnClassifier(Options with { CheckpointPath = _training.CheckpointPath }).Fit(keyed));

        Assert.Contains("training rows: expected ", rows);
        Assert.DoesNotContain("Seed", rows);
        Assert.Contains("classes: expected 3 keys (a, b, c)", classes);
        Assert.Contains("found 3 keys (blue, green, red)", classes);
        Assert.DoesNotContain("training rows", classes);
    }

    [Fact]
    public void Other_numbers_for_the_scaling_of_as_many_features_are_named()
    {
        // All but the first step are zero, so that by default the features are divided by their largest magnitudes.
        var context = new MLContext(seed: 1);
        var data = SyntheticSequences.Keyed(context, SyntheticSequences.Rows(30).Select(row => new Sequence<string> { Features = [.. row.Features.Select((value, place) => place < 2 ? 100 * value : 0)], Label = row.Label }));
        using var file = new TemporaryFile(".checkpoint");
        RnnClassifierTransformer Fit(InputScaling scaling) => context.Transforms.RnnClassifier(SyntheticSequences.Options with { InputScaling = scaling, CheckpointPath = file.Path }).Fit(data);
        Fit(InputScaling.Auto).Dispose();

        var message = Assert.Throws<InvalidOperationException>(() => Fit(InputScaling.Standardize)).Message;

        Assert.Contains("is of another training: InputScaling: expected 2 features scaled with digest ", message);
        Assert.Contains(", found 2 features scaled with digest ", message);
    }

    [Fact]
    public void What_decides_no_bit_may_differ()
    {
        var options = Options with { Shards = 2 };
        using var expected = SyntheticSequences.Fit(options with { CheckpointInterval = null });
        using var training = new InterruptedTraining(options);

        using var resumed = SyntheticSequences.Fit(options with { Threads = 2, CheckpointInterval = 1, OnCancel = OnCancel.KeepBest, ScoreColumnName = "Other", CheckpointPath = training.CheckpointPath });

        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
    }

    [Fact]
    public void One_that_holds_more_than_is_asked_for_is_refused()
    {
        SyntheticSequences.Fit(Options with { CheckpointPath = _training.CheckpointPath }).Dispose();

        Assert.Contains("Epochs: at most 1 (5 minibatches) expected, 2 (10 minibatches) found", _training.Refused(Options with { Epochs = 1 }));
        Assert.Contains("MaxSteps: at most 7 expected, 10 found", _training.Refused(Options with { MaxSteps = 7 }));
    }

    [Fact]
    public void Another_format_is_named()
    {
        var content = _training.Content();
        content["Rnn.MLNet checkpoint ".Length] = (byte)'1';
        _training.Write(content);

        Assert.Contains("is of another version of Rnn.MLNet: expected format 3, found 1.", _training.Refused(Options));
    }

    [Fact]
    public void Every_flipped_byte_is_found()
    {
        var content = _training.Content();
        for (var place = 0; place < content.Length; place += content.Length / 40)
        {
            content[place] ^= 4;
            _training.Write(content);
            Assert.Matches("is damaged|of another version", _training.Refused(Options));
            content[place] ^= 4;
        }
    }

    [Fact]
    public void Every_length_is_found()
    {
        var content = _training.Content();
        for (var length = 0; length < content.Length; length += content.Length / 40)
        {
            _training.Write(content[..length]);
            Assert.Contains("is damaged", _training.Refused(Options));
        }

        _training.Write([.. content, 0]);
        Assert.Contains("is damaged", _training.Refused(Options));
    }

    /// <summary>Whoever forges a checkpoint forges its checksum too.</summary>
    [Fact]
    public void Forged_content_ends_in_the_same_error_or_in_a_model()
    {
        var header = InterruptedTraining.HeaderLength;
        var original = _training.Content();
        var random = new Random(1);
        byte[] worst = [0x00, 0x7f, 0x80, 0xff];
        var refused = 0;
        for (var forgery = 0; forgery < 100; forgery++)
        {
            var content = (byte[])original.Clone();
            var end = content.Length - SHA256.HashSizeInBytes;
            var place = forgery % 2 == 0 ? random.Next(header, end) : random.Next(header, header + 700);
            content.AsSpan(place, Math.Min(random.Next(1, 9), end - place)).Fill(worst[random.Next(worst.Length)]);
            _training.Forge(content);
            try
            {
                SyntheticSequences.Fit(Options with { CheckpointPath = _training.CheckpointPath }).Dispose();
            }
            catch (InvalidOperationException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 20, 100);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        var content = _training.Content();
        var end = content.Length - SHA256.HashSizeInBytes;
        BitConverter.TryWriteBytes(content.AsSpan(end - sizeof(float)), float.NaN);
        _training.Forge(content);

        Assert.Contains("holds weights that are not finite", _training.Refused(Options));
    }
}

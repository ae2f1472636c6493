namespace Rnn.MLNet.Tests.Training;

/// <summary>A training that was interrupted is resumed as if it never had been.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with
    {
        Epochs = 5,
        Dropout = 0.2,
        ValidationFraction = 0.2,
        EarlyStoppingPatience = 4,
    };

    private readonly TemporaryFile _file = new(".checkpoint");

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    public void An_interrupted_training_ends_with_the_bits_of_an_uninterrupted_one(OptimizerKind optimizer)
    {
        var options = Options with { Optimizer = optimizer };
        using var expected = SyntheticSequences.Fit(options);
        var listener = new Listener();

        InterruptInEpoch(3, options);
        using var resumed = SyntheticSequences.Fit(options with { CheckpointPath = _file.Path, Progress = listener });

        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
        Assert.Equal(expected.History.Steps, resumed.History.Steps);
        Assert.Equal(expected.History.BestEpoch, resumed.History.BestEpoch);
        Assert.Equal(expected.History.Epochs.Select(Measured), resumed.History.Epochs.Select(Measured));
        Assert.Equal(3, listener.Reports[0].Epoch);
    }

    [Fact]
    public void A_complete_training_is_not_repeated()
    {
        var listener = new Listener();
        using var first = SyntheticSequences.Fit(Options with { CheckpointPath = _file.Path });
        using var second = SyntheticSequences.Fit(Options with { CheckpointPath = _file.Path, Progress = listener });

        Assert.Empty(listener.Reports);
        Assert.Equal(first.WeightBits(), second.WeightBits());
        Assert.Equal(first.History.Epochs, second.History.Epochs);
    }

    [Fact]
    public void Checkpoints_change_nothing_and_leave_one_file()
    {
        using var without = SyntheticSequences.Fit(Options);
        using var with = SyntheticSequences.Fit(Options with { CheckpointPath = _file.Path });

        Assert.Equal(without.WeightBits(), with.WeightBits());
        Assert.Equal([_file.Path], Directory.GetFiles(Path.GetDirectoryName(_file.Path)!, Path.GetFileName(_file.Path) + "*"));
    }

    [Fact]
    public void A_checkpoint_of_other_data_or_another_network_is_refused()
    {
        InterruptInEpoch(3, Options);

        RnnClassifierOptions[] others =
        [
            Options with { Cell = new GruCell(6) },
            Options with { Cell = new BasicLstmCell(7) },
            Options with { Layers = 2 },
            Options with { Seed = 2 },
            Options with { Optimizer = OptimizerKind.Sgd },
            Options with { BatchSize = 8 },
        ];
        Assert.All(others, options => Assert.Contains("of another training", Refused(options, rows: 96)));
        Assert.Contains("of another training", Refused(Options, rows: 99));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("header only")]
    public void A_damaged_checkpoint_is_refused(string damage)
    {
        InterruptInEpoch(2, Options);
        var content = File.ReadAllBytes(_file.Path);
        var middle = content.Length / 2;
        content[middle] ^= damage == "flipped" ? (byte)1 : (byte)0;
        File.WriteAllBytes(_file.Path, damage switch
        {
            "cut" => content[..middle],
            "empty" => [],
            "text" => "no checkpoint at all, but long enough to hold a header of one, and a checksum behind it"u8.ToArray(),
            "header only" => content[..30],
            _ => content,
        });

        var message = Refused(Options, rows: 96);

        Assert.Contains("is damaged", message);
        Assert.Contains("Delete it", message);
    }

    private void InterruptInEpoch(int epoch, RnnClassifierOptions options)
    {
        using var source = new CancellationTokenSource();
        var listener = new Listener(report =>
        {
            if (report.Epoch == epoch)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticSequences.Fit(
            options with { CheckpointPath = _file.Path, CancellationToken = source.Token, Progress = listener }));
    }

    private string Refused(RnnClassifierOptions options, int rows)
    {
        var error = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(options with { CheckpointPath = _file.Path }, rows));
        Assert.Contains(_file.Path, error.Message);
        return error.Message;
    }

    private static TrainingEpoch Measured(TrainingEpoch epoch) => epoch with { SamplesPerSecond = 0 };
}

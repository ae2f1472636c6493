using Rnn.MLNet.Tests.Cells;

namespace Rnn.MLNet.Tests.Cuda;

/// <summary>On one GPU too, a training repeats and resumes to the bit.</summary>
public sealed class GpuReproducibilityTests : IDisposable
{
    private readonly TemporaryFile _file = new(".checkpoint");

    public static TheoryData<string> Cells => CellSamples.Names;

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_same_seed_gives_the_same_weights(string name)
    {
        AssertRepeats(Gpu.Options with { Cell = CellSamples.All[name], Layers = 2, Bidirectional = true, Dropout = 0.2 }, rows: 96);
    }

    [Theory]
    [InlineData(RnnPrecision.Float32)]
    [InlineData(RnnPrecision.BFloat16)]
    public void The_same_seed_gives_the_same_weights_in_the_usual_sizes(RnnPrecision precision)
    {
        foreach (var cell in new RnnCell[] { new BasicLstmCell(128), new GruCell(128), new BasicRnnCell(128) })
        {
            AssertRepeats(Gpu.Options with { Cell = cell, BatchSize = 128, Precision = precision, LearningRate = 0.003 }, rows: 1000);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.RmsProp)]
    public void An_interrupted_training_is_resumed(OptimizerKind optimizer)
    {
        var options = Gpu.Options with { Optimizer = optimizer, Epochs = 5, Dropout = 0.2, ValidationFraction = 0.2, EarlyStoppingPatience = 4 };
        using var expected = Gpu.Fit(options);
        Interrupt(options);
        using var resumed = Gpu.Fit(options with { CheckpointPath = _file.Path });

        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
        Assert.Equal(expected.History.Epochs.Select(epoch => epoch.Loss), resumed.History.Epochs.Select(epoch => epoch.Loss));
    }

    [Fact]
    public void A_streamed_training_is_resumed_in_the_middle_of_an_epoch()
    {
        var options = Gpu.Options with { CacheRows = CacheRows.None, Epochs = 4, ScheduleEpochs = 4 };
        using var expected = Gpu.Fit(options);
        Gpu.Fit(options with { MaxSteps = 7, CheckpointPath = _file.Path, CheckpointInterval = 3 }).Dispose();
        using var resumed = Gpu.Fit(options with { CheckpointPath = _file.Path });

        Assert.Equal(expected.WeightBits(), resumed.WeightBits());
    }

    /// <summary>It would not end with the same bits.</summary>
    [Theory]
    [InlineData(RnnDevice.Cpu, RnnDevice.Cuda)]
    [InlineData(RnnDevice.Cuda, RnnDevice.Cpu)]
    public void A_checkpoint_of_the_other_device_is_refused(RnnDevice first, RnnDevice second)
    {
        Interrupt(Gpu.Options with { Device = first });

        var error = Assert.Throws<InvalidOperationException>(() => Gpu.Fit(Gpu.Options with { Device = second, CheckpointPath = _file.Path }));

        Assert.Contains($"Device: expected {second.ToString().ToUpperInvariant()}, found {first.ToString().ToUpperInvariant()}", error.Message);
    }

    [Fact]
    public void A_cancelled_training_keeps_its_best_weights()
    {
        using var source = new CancellationTokenSource();
        var listener = new Listener(report => { if (report.Step == 7) { source.Cancel(); } });
        using var model = Gpu.Fit(Gpu.Options with { OnCancel = OnCancel.KeepBest, CancellationToken = source.Token, Progress = listener });

        Assert.True(model.History.Canceled);
        Assert.Equal(7, model.History.Steps);
    }

    private static void AssertRepeats(RnnClassifierOptions options, int rows)
    {
        using var first = Gpu.Fit(options, rows);
        using var second = Gpu.Fit(options, rows);

        Assert.Equal(first.WeightBits(), second.WeightBits());
    }

    private void Interrupt(RnnClassifierOptions options)
    {
        Gpu.Require();
        using var source = new CancellationTokenSource();
        var listener = new Listener(report => { if (report.Epoch == 3) { source.Cancel(); } });
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Gpu.Fit(options with { CheckpointPath = _file.Path, CancellationToken = source.Token, Progress = listener }));
    }
}

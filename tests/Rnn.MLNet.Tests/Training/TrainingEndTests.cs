namespace Rnn.MLNet.Tests.Training;

/// <summary>What ends a training: its steps, a cancellation, a loss that is no number.</summary>
[Collection(nameof(Alone))]
public sealed class TrainingEndTests
{
    [Theory]
    [InlineData(1L, 1)]
    [InlineData(6L, 1)]
    [InlineData(7L, 2)]
    [InlineData(1000L, 4)]
    public void MaxSteps_ends_it_to_the_step(long maxSteps, int epochs)
    {
        var listener = new Listener();
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Epochs = 4, MaxSteps = maxSteps, Progress = listener });

        var steps = Math.Min(maxSteps, 24);
        Assert.Equal(steps, model.History.Steps);
        Assert.Equal(epochs, model.History.Epochs.Count);
        Assert.Equal(steps, listener.Reports.Count(report => !report.EpochEnded));
        Assert.All(listener.Reports, report => Assert.Equal(steps, report.TotalSteps));
    }

    [Fact]
    public void A_cancellation_ends_it_within_one_minibatch()
    {
        using var source = new CancellationTokenSource();
        var listener = new Listener(report =>
        {
            if (report.Step == 5)
            {
                source.Cancel();
            }
        });
        var options = SyntheticSequences.Options with { Epochs = 1_000_000, CancellationToken = source.Token, Progress = listener };

        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticSequences.Fit(options));

        Assert.InRange(listener.Reports[^1].Step, 5, 6);
    }

    [Fact]
    public void A_cancellation_before_the_start_reads_no_more_than_a_row()
    {
        var context = new MLContext(seed: 1);
        var data = new ObservedView(SyntheticSequences.Keyed(context, 48));
        var estimator = context.Transforms.RnnClassifier(SyntheticSequences.Options with { CancellationToken = new CancellationToken(canceled: true) });

        Assert.ThrowsAny<OperationCanceledException>(() => estimator.Fit(data));

        Assert.InRange(data.RowsRead, 0, 1);
        Assert.Equal(data.CursorsOpened, data.CursorsDisposed);
    }

    [Fact]
    public void An_error_of_the_listener_reaches_the_caller()
    {
        var listener = new Listener(_ => throw new FormatException("mine"));

        Assert.Equal("mine", Assert.Throws<FormatException>(() => SyntheticSequences.Fit(SyntheticSequences.Options with { Progress = listener })).Message);
    }

    [Fact]
    public void No_thread_outlives_it()
    {
        var options = SyntheticSequences.Options with { Threads = 4, BatchSize = 48 };
        void Cancelled()
        {
            using var source = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(
                () => SyntheticSequences.Fit(options with { CancellationToken = source.Token, Progress = new Listener(_ => source.Cancel()) }));
        }

        Cancelled();
        var before = ProcessThreads.Count();
        for (var i = 0; i < 20; i++)
        {
            Cancelled();
            SyntheticSequences.Fit(options with { MaxSteps = 1 }).Dispose();
        }

        // 40 fits had 160 threads.
        Assert.InRange(ProcessThreads.Count(), 0, before + 8);
    }

    [Fact]
    public void An_interruption_of_the_caller_waits_for_the_end()
    {
        using var expected = SyntheticSequences.Fit(SyntheticSequences.Options);
        string? bits = null;
        Exception? then = null;
        Thread caller = null!;
        caller = new Thread(() => then = Record.Exception(() =>
        {
            using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Progress = new Listener(_ => caller.Interrupt()) });
            bits = model.WeightBits();
            Thread.Sleep(0);
        }));

        caller.Start();
        caller.Join();

        Assert.Equal(expected.WeightBits(), bits);
        Assert.IsType<ThreadInterruptedException>(then);
    }

    [Theory]
    // The outputs of a simple RNN saturate at exactly 1, so that its gradient vanishes before it overflows.
    [InlineData("loss", 1)]
    [InlineData("loss", 2)]
    [InlineData("gradient", 2)]
    public void What_is_no_number_ends_it_with_advice(string what, int threads)
    {
        var options = SyntheticSequences.Options with
        {
            Cell = what == "loss" ? new BasicRnnCell(6) : new BasicLstmCell(6),
            Device = RnnDevice.Cpu,
            Threads = threads,
            Epochs = 10,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 1e38,
            GradientClipNorm = null,
            LearningRateSchedule = LearningRateSchedule.Constant,
        };

        var message = Assert.Throws<InvalidOperationException>(() => SyntheticSequences.Fit(options)).Message;

        Assert.Matches($@"The training diverged at step \d+ \(epoch \d+\): the {what} is not finite\.", message);
        Assert.Contains("LearningRate (it is 1E+38)", message);
        Assert.Contains("GradientClipNorm = 1 (it is null)", message);
    }
}

using Mnist;
using Rnn.MLNet.Benchmarks.Training;

namespace Rnn.MLNet.Benchmarks.Pixels;

/// <summary>
/// Trains on one order of the pixels within a budget. The learning rate schedule must know the number of steps beforehand, so steps are timed
/// first; if the machine becomes slower later, training is cancelled when the budget is used up.
/// </summary>
internal sealed class PixelTraining(PixelsOptions options, PixelOrder order)
{
    private const int TestImages = 10_000;
    private const int LeastTimedSteps = 4;
    private const int AnyNumberOfSteps = 1_000_000;

    /// <summary>How long steps are timed at most. The first ones are slower: .NET compiles a method again when it is called often.</summary>
    private static readonly TimeSpan Timing = TimeSpan.FromSeconds(20);

    /// <summary>The share of the budget that is planned; the rest is for a machine that becomes slower.</summary>
    private const double Planned = 0.95;

    private readonly MLContext _context = new(options.Seed);
    private readonly string _folder = MnistDataSet.FindFolder();

    /// <summary>Trains, printing a line for each epoch, and returns the accuracy on the test images, in percent.</summary>
    public double Run()
    {
        var step = TimeOfStep();
        var steps = Math.Max(1, (long)(Planned * options.Budget.TotalSeconds / step));
        var batches = (options.Images + options.BatchSize - 1) / options.BatchSize;
        Console.WriteLine();
        Console.WriteLine($"{order.Name}: {steps:N0} steps of {options.BatchSize} images, {(double)steps / batches:F1} epochs; {step:F2} s a step");
        MarkdownTable.Begin("minutes of training", "epoch", "loss", "test accuracy", "learning rate");

        using var budget = new CancellationTokenSource();
        var clock = new Stopwatch();
        var fit = Options(steps) with
        {
            // Only observed: no option makes training depend on it.
            ValidationSet = View(test: true, TestImages),
            CancellationToken = budget.Token,
            OnCancel = OnCancel.KeepBest,
            Progress = new ImmediateProgress(progress =>
            {
                if (progress.EpochEnded)
                {
                    MarkdownTable.Row(
                        $"{clock.Elapsed.TotalMinutes:F1}", $"{progress.RowsSeen / (double)options.Images:F1}", $"{progress.Loss:F4}",
                        progress.ValidationAccuracy is { } accuracy ? $"{100 * accuracy:F2} %" : "", $"{progress.LearningRate:G2}");
                    clock.Start();
                    return;
                }

                // The test images are scored between the last minibatch of an epoch and the end of the epoch.
                if (progress.Step % batches == 0 || progress.Step == steps)
                {
                    clock.Stop();
                }
                else if (clock.Elapsed > options.Budget)
                {
                    budget.Cancel();
                }
            }),
        };
        clock.Start();
        using var model = _context.Transforms.RnnClassifier(fit).Fit(View(test: false, options.Images));
        clock.Stop();
        var metrics = _context.MulticlassClassification.Evaluate(model.Transform(View(test: true, TestImages)));
        Console.WriteLine();
        Console.WriteLine(
            $"{order.Name}: {100 * metrics.MicroAccuracy:F2} % of the test images after {clock.Elapsed.TotalMinutes:F1} minutes and {model.History.Steps:N0} steps"
            + (model.History.Canceled ? ", when the budget was used up" : ""));
        return 100 * metrics.MicroAccuracy;
    }

    /// <summary>Returns the seconds of a step: the mean of the second half of those that fit a tenth of the budget.</summary>
    private double TimeOfStep()
    {
        using var enough = new CancellationTokenSource();
        var limit = TimeSpan.FromTicks(Math.Min(Timing.Ticks, options.Budget.Ticks / 10));
        var clock = new Stopwatch();
        List<double> ends = [];
        var fit = Options(AnyNumberOfSteps) with
        {
            CancellationToken = enough.Token,
            OnCancel = OnCancel.KeepBest,
            Progress = new ImmediateProgress(progress =>
            {
                if (progress.EpochEnded)
                {
                    return;
                }

                // The first step is not timed: it includes reading the rows.
                clock.Start();
                ends.Add(clock.Elapsed.TotalSeconds);
                if (clock.Elapsed > limit && ends.Count > LeastTimedSteps)
                {
                    enough.Cancel();
                }
            }),
        };
        using var model = _context.Transforms.RnnClassifier(fit).Fit(View(test: false, options.Images));
        var half = ends.Count / 2;
        return (ends[^1] - ends[half]) / (ends.Count - 1 - half);
    }

    private RnnClassifierOptions Options(long steps) => new()
    {
        Cell = new GruCell(options.Units) { UpdateBias = options.UpdateBias },
        ReadOut = options.ReadOut,
        BatchSize = options.BatchSize,
        MaxSteps = steps,
        LearningRate = options.LearningRate,
        LearningRateSchedule = LearningRateSchedule.OneCycle,
        GradientClipNorm = 1,
        InputScaling = InputScaling.None,
        Seed = options.Seed,
    };

    private IDataView View(bool test, int count)
    {
        var digits = test ? MnistDataSet.ReadTest(_folder) : MnistDataSet.ReadTraining(_folder, count);
        return _context.Data.LoadFromEnumerable(
            digits.Digits().Take(count).Select(digit => new PixelSequence { Features = order.Apply(digit.Features), Label = (uint)digit.Label }));
    }
}

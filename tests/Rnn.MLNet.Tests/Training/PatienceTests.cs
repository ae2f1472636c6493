using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Training;

/// <summary>When the validation loss ends a training, and which epoch's weights are kept.</summary>
public sealed class PatienceTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(LearningRateSchedule.OneCycle, 15)]
    [InlineData(LearningRateSchedule.Constant, 0)]
    public void It_begins_when_the_learning_rate_is_at_its_peak(LearningRateSchedule schedule, int warmUp)
    {
        // Of 50 epochs, 15 are the warm-up; the loss is at its lowest long before.
        var options = SyntheticSequences.Options with
        {
            Epochs = 50,
            EarlyStoppingPatience = 3,
            ValidationSet = Contrary,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 1e-3,
            LearningRateSchedule = schedule,
        };
        var messages = new ConcurrentQueue<string>();
        _context.Log += (_, line) => messages.Enqueue(line.Message);

        using var model = _context.Transforms.RnnClassifier(options).Fit(SyntheticSequences.Keyed(_context, 24));

        Assert.InRange(model.History.BestEpoch, 1, 10);
        Assert.Equal(Math.Max(warmUp, model.History.BestEpoch) + 3, model.History.Epochs.Count);
        Assert.True(model.History.StoppedEarly);
        Assert.Equal(schedule == LearningRateSchedule.OneCycle ? 1 : 0, messages.Count(line => line.Contains("rises until epoch 15; EarlyStoppingPatience counts from there")));
    }

    // Five epochs of six minibatches or of two: nine of the thirty, or three of the ten, are the warm-up.
    [Theory]
    [InlineData(106)]
    [InlineData(30)]
    public void An_epoch_that_the_rate_rises_in_for_a_part_counts_to_the_warm_up(int rows)
    {
        var messages = new ConcurrentQueue<string>();
        _context.Log += (_, line) => messages.Enqueue(line.Message);

        _context.Transforms.RnnClassifier(SyntheticSequences.Options with { Epochs = 5, ValidationFraction = 0.1, EarlyStoppingPatience = 5 })
            .Fit(SyntheticSequences.Keyed(_context, rows)).Dispose();

        Assert.Single(messages, line => line.Contains("The learning rate rises until epoch 2; EarlyStoppingPatience counts from there."));
    }

    [Theory]
    // A rate of nothing: the first epoch is the best, and the third is the last that patience waits for.
    [InlineData(20, null, true)]
    [InlineData(4, null, true)]
    [InlineData(3, null, false)]
    [InlineData(20, 19L, true)]
    [InlineData(20, 18L, false)]
    public void What_would_have_ended_anyway_did_not_stop_early(int epochs, long? maxSteps, bool early)
    {
        var options = SyntheticSequences.Options with
        {
            Epochs = epochs,
            MaxSteps = maxSteps,
            LearningRate = 1e-30,
            LearningRateSchedule = LearningRateSchedule.Constant,
            ValidationSet = Contrary,
            EarlyStoppingPatience = 2,
        };

        using var model = SyntheticSequences.Fit(options);

        Assert.Equal(3, model.History.Epochs.Count);
        Assert.Equal(1, model.History.BestEpoch);
        Assert.Equal(early, model.History.StoppedEarly);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(200)]
    public void An_open_length_keeps_the_most_accurate_epoch_and_a_given_patience_that_of_the_lowest_loss(int? patience)
    {
        // Rows that are hard to tell, every fourth with a wrong label: certainty costs more than a few more rows that are right are worth.
        var validation = SyntheticSequences.Rows(120, seed: 4).Select((row, i) => new Sequence<string>
        {
            Features = [.. row.Features.Select((value, place) => place < 2 ? 0.4f * value : value)],
            Label = i % 4 == 0 ? SyntheticSequences.Colours[(i + 1) % 3] : row.Label,
        });
        var options = SyntheticSequences.Options with { Epochs = null, EarlyStoppingPatience = patience, ValidationSet = SyntheticSequences.Keyed(_context, validation) };

        using var model = SyntheticSequences.Fit(options, rows: 60);

        var epochs = model.History.Epochs;
        var mostAccurate = epochs.OrderByDescending(epoch => epoch.ValidationAccuracy).ThenBy(epoch => epoch.ValidationLoss).First().Epoch;
        var lowestLoss = epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        Assert.NotEqual(mostAccurate, lowestLoss);
        Assert.Equal(patience is null ? mostAccurate : lowestLoss, model.History.BestEpoch);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_loss_that_is_not_finite_is_never_the_lowest(double loss)
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterSet([WeightSpec.Constant("bias", 1, 4)], seed: 1, CPU);
        using var stopping = new EarlyStopping(patience: 3, warmUpEpochs: 0);
        var warned = new List<string>();
        var watch = new TrainingWatch(divergedLoss: 1000, warned.Add);
        void Observe(int epoch, double value)
        {
            stopping.Observe(epoch, value, parameters);
            watch.Observe(epoch, loss: 1, value);
        }

        Observe(1, loss);
        Assert.Equal(0, stopping.BestEpoch);
        Observe(2, 5);
        Observe(3, loss);
        Observe(4, loss);

        Assert.Equal(2, stopping.BestEpoch);
        Assert.False(stopping.ShouldStop);
        Observe(5, loss);
        Assert.True(stopping.ShouldStop);
        Assert.Contains("The validation loss of epoch 1 is", Assert.Single(warned));
    }

    /// <summary>Rows of which the training makes the model ever more wrong.</summary>
    private IDataView Contrary => SyntheticSequences.Keyed(
        _context,
        SyntheticSequences.Rows(60, seed: 4).Select(row => new Sequence<string> { Features = row.Features, Label = row.Label == "red" ? "blue" : "red" }));
}

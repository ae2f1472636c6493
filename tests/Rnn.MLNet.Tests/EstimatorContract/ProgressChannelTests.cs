using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>A host is notified of every epoch over ML.NET's progress channel, and of nothing after the fit.</summary>
public sealed class ProgressChannelTests
{
    private static readonly TrainingProgress Step = new()
    {
        Epoch = 2,
        Epochs = 5,
        Step = 7,
        TotalSteps = 20,
        RowsSeen = 70,
        Loss = 0.5,
        Accuracy = 0.75,
        BatchLoss = 0.4,
        BatchAccuracy = 0.8,
        LearningRate = 0.01,
        SamplesPerSecond = 1234,
        ValidationLoss = 0.6,
        ValidationAccuracy = 0.65,
    };

    private readonly List<string> _calls = [];
    private readonly Listener _listener = new();
    private readonly TrainingLog _log;

    public ProgressChannelTests()
    {
        var progress = DispatchProxy.Create<IProgressChannel, Recorder>();
        var channel = DispatchProxy.Create<IChannel, Recorder>();
        ((Recorder)(object)progress).Calls = _calls;
        ((Recorder)(object)channel).Calls = _calls;
        _log = new TrainingLog(progress, channel, "Accuracy", _listener);
    }

    [Fact]
    public void It_is_notified_of_what_is_measured_at_the_start()
    {
        Assert.Equal(["SetHeader Loss Accuracy ValidationLoss ValidationAccuracy of Epochs"], _calls);
    }

    [Fact]
    public void A_step_within_an_epoch_is_the_listeners_alone()
    {
        _calls.Clear();

        _log.Report(Step);

        Assert.Empty(_calls);
        Assert.Equal([Step], _listener.Reports);
    }

    [Fact]
    public void The_end_of_an_epoch_is_everybodys()
    {
        _calls.Clear();
        var end = Step with { EpochEnded = true };

        _log.Report(end);

        Assert.Equal(
            ["Info Epoch 2 of 5: loss 0.5000, accuracy 0.7500, validation loss 0.6000, validation accuracy 0.6500, learning rate 0.01, 1234 rows/s", "Checkpoint 0.5 0.75 0.6 0.65 2"],
            _calls);
        Assert.Equal([end], _listener.Reports);
    }

    [Fact]
    public void The_end_of_the_fit_ends_it()
    {
        _calls.Clear();

        _log.Dispose();

        Assert.Equal(["Dispose"], _calls);
    }

    public class Recorder : DispatchProxy
    {
        public List<string> Calls { get; set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var words = args is null ? [] : args.SelectMany(Words);
            Calls.Add(string.Join(' ', words.Prepend(targetMethod!.Name)));
            if (targetMethod.ReturnType != typeof(IProgressChannel))
            {
                return null;
            }

            var channel = Create<IProgressChannel, Recorder>();
            ((Recorder)(object)channel).Calls = Calls;
            return channel;
        }

        private static IEnumerable<string> Words(object? argument) => argument switch
        {
            string text => [text],
            double?[] numbers => numbers.Select(number => FormattableString.Invariant($"{number}")),
            ProgressHeader header => [.. header.MetricNames, "of", .. header.UnitNames],
            _ => [],
        };
    }
}

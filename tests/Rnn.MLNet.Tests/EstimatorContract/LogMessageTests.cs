using Microsoft.ML.Runtime;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>What a fit writes to the log of its context.</summary>
public sealed class LogMessageTests
{
    private static readonly RnnClassifierOptions Options = SyntheticSequences.Options with { Epochs = 2, Device = RnnDevice.Cpu };

    [Fact]
    public void The_first_says_what_is_trained()
    {
        Assert.Contains("Training 237 weights on 48 rows of 6 steps of 2 features: CPU, 1 workers, Float32.", Of(Options));
    }

    [Fact]
    public void Each_epoch_has_one()
    {
        var epochs = Of(Options).Where(message => message.StartsWith("Epoch ", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, epochs.Count);
        Assert.Matches(@"^Epoch 1 of 2: loss \d\.\d{4}, accuracy [01]\.\d{4}, learning rate \d\.\d+(E-\d+)?, \d+ rows/s$", epochs[0]);
        Assert.StartsWith("Epoch 2 of 2: ", epochs[1]);
    }

    [Fact]
    public void With_validation_rows_it_reports_them_too()
    {
        var listener = new Listener();
        var epoch = Of(Options with { ValidationFraction = 0.5, Progress = listener }).First(message => message.StartsWith("Epoch 1", StringComparison.Ordinal));
        var report = listener.Reports.First(progress => progress.EpochEnded);

        Assert.StartsWith(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Epoch 1 of 2: loss {report.Loss:F4}, accuracy {report.Accuracy:F4}, validation loss {report.ValidationLoss:F4}, validation accuracy {report.ValidationAccuracy:F4}, learning rate {report.LearningRate:G3}, "),
            epoch);
    }

    private static List<string> Of(RnnClassifierOptions options)
    {
        var context = new MLContext(seed: 1);
        var messages = new ConcurrentQueue<string>();
        context.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Info && message.Source.Contains("RnnClassifier"))
            {
                messages.Enqueue(message.Message[(message.Message.IndexOf("] ", StringComparison.Ordinal) + 2)..]);
            }
        };
        context.Transforms.RnnClassifier(options).Fit(SyntheticSequences.Keyed(context, 48)).Dispose();
        return [.. messages];
    }
}

namespace Rnn.MLNet.Tests.Training;

/// <summary>A training of 4 epochs of 5 minibatches that was cancelled in its second epoch, and the checkpoint behind minibatch 6 that it left.</summary>
internal sealed class InterruptedTraining : IDisposable
{
    public const int HeaderLength = 23;

    private readonly TemporaryFile _file = new(".checkpoint");

    /// <summary>Those of the training, without its checkpoint.</summary>
    public static RnnClassifierOptions Options { get; } = SyntheticSequences.Options with
    {
        Epochs = 2,
        ScheduleEpochs = 4,
        ValidationFraction = 0.2,
        EarlyStoppingPatience = 3,
        CheckpointInterval = 3,
    };

    public InterruptedTraining(RnnClassifierOptions? options = null)
    {
        using var source = new CancellationTokenSource();
        var listener = new Listener(report =>
        {
            if (report.Step == 8)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => SyntheticSequences.Fit(
            (options ?? Options) with { CheckpointPath = CheckpointPath, CancellationToken = source.Token, Progress = listener }));
    }

    public string CheckpointPath => _file.Path;

    public byte[] Content() => File.ReadAllBytes(CheckpointPath);

    public void Write(byte[] content) => File.WriteAllBytes(CheckpointPath, content);

    /// <summary>Writes what somebody forged, with the checksum that belongs to it.</summary>
    public void Forge(byte[] content)
    {
        var end = content.Length - SHA256.HashSizeInBytes;
        SHA256.HashData(content.AsSpan(HeaderLength..end), content.AsSpan(end));
        Write(content);
    }

    /// <summary>The message of the refusal to resume from the checkpoint.</summary>
    public string Refused(RnnClassifierOptions options, int rows = 96) =>
        Refused(() => SyntheticSequences.Fit(options with { CheckpointPath = CheckpointPath }, rows));

    public string Refused(Func<RnnClassifierTransformer> fit)
    {
        var error = Assert.Throws<InvalidOperationException>(fit);
        Assert.Contains(CheckpointPath, error.Message);
        return error.Message;
    }

    public void Dispose() => _file.Dispose();
}

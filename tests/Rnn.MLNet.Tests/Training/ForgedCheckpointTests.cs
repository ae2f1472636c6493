using System.Buffers.Binary;

namespace Rnn.MLNet.Tests.Training;

/// <summary>A checkpoint whose checksum is right and whose numbers cannot be: each is refused by its name.</summary>
public sealed class ForgedCheckpointTests : IDisposable
{
    private const int Epoch = 6 * sizeof(double), Sums = 8 * sizeof(double);

    private readonly InterruptedTraining _training = new();

    private static RnnClassifierOptions Options => InterruptedTraining.Options;

    public void Dispose() => _training.Dispose();

    /// <summary>Interrupted behind four minibatches of the second epoch, of which there is a checkpoint behind one: step 6.</summary>
    [Theory]
    [InlineData("step", 7, "1 epochs and 1 minibatches do not make its 7 minibatches.")]
    [InlineData("batches", 2, "1 epochs and 2 minibatches do not make its 6 minibatches.")]
    [InlineData("step and batches", -1, "1 epochs and -1 minibatches do not make its 4 minibatches.")]
    [InlineData("step and batches", 6, "1 epochs and 6 minibatches do not make its 11 minibatches.")]
    [InlineData("metric", 0x7ff0000000000000, "1 epochs and 1 minibatches do not make its 6 minibatches.")]
    [InlineData("best", 2, "its best epoch is 2 of 1.")]
    [InlineData("best", -1, "its best epoch is -1 of 1.")]
    [InlineData("best loss", 0x7ff0000000000000, "its best epoch is 1 of 1.")]
    [InlineData("vector", 5, "it claims to hold a vector of 5 values, where ")]
    public void A_number_that_cannot_be_is_named(string what, long value, string message)
    {
        var content = _training.Content();
        var step = Step(content);
        var vector = step + sizeof(long) + Sums + sizeof(int) + Epoch;
        var best = vector + sizeof(long) + (int)Number(content, vector) * sizeof(float);
        foreach (var (name, place, number) in new[]
        {
            ("step", step, value),
            ("step and batches", step, 5 + value),
            ("step and batches", step + 8, value),
            ("batches", step + 8, value),
            ("metric", step + 24, value),
            ("vector", vector, value),
            ("best", best, value),
            ("best loss", best + 8, value),
        })
        {
            if (name == what)
            {
                BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(place), number);
            }
        }

        _training.Forge(content);

        Assert.Contains($"is damaged: {message}", _training.Refused(Options with { Epochs = 4 }));
    }

    [Fact]
    public void What_is_left_over_is_counted()
    {
        var content = _training.Content();

        _training.Forge([.. content[..^SHA256.HashSizeInBytes], 1, 2, 3, .. content[^SHA256.HashSizeInBytes..]]);

        Assert.Contains("is damaged: 3 bytes of it are left over. Delete it to train from the start.", _training.Refused(Options));
    }

    [Fact]
    public void Untouched_it_is_resumed()
    {
        _training.Forge(_training.Content());
        var listener = new Listener();

        SyntheticSequences.Fit(Options with { CheckpointPath = _training.CheckpointPath, Progress = listener }).Dispose();

        Assert.Equal(7, listener.Reports[0].Step);
    }

    /// <summary>Where the number of minibatches lies: behind the names and values of the fingerprint.</summary>
    private static int Step(byte[] content)
    {
        var place = InterruptedTraining.HeaderLength;
        int Next()
        {
            place += sizeof(int);
            return BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(place - sizeof(int)));
        }

        for (var texts = 2 * Next(); texts > 0; texts--)
        {
            var length = Next();
            place += length;
        }

        Assert.Equal((6, 1), (Number(content, place), Number(content, place + 8)));
        return place;
    }

    private static long Number(byte[] content, int place) => BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(place));
}

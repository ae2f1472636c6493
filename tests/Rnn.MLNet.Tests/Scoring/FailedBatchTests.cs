using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A failure of libtorch in scoring says how much was scored with what.</summary>
public sealed class FailedBatchTests
{
    [Fact]
    public void Says_how_many_rows_and_weights()
    {
        // A scaling of 3 features, which cannot scale 2.
        using var network = new RecurrentNetwork(
            new NetworkSpec(new LayerNormBasicLstmCell(2), 1, false, 0, ReadOut.FinalState, SyntheticSequences.TimeSteps, SyntheticSequences.Values, 4)
            {
                Scaling = new FeatureScaling([0, 0, 0], [1, 1, 1]),
            },
            seed: 1, CPU);
        var data = SyntheticSequences.Keyed(new MLContext(seed: 1), 5);
        using var cursor = data.GetRowCursor(data.Schema);
        var (reader, id) = (new FeatureReader(cursor, data.Schema["Features"], "data"), cursor.GetIdGetter());
        using var shared = new SharedNetwork(network, typeof(RnnClassifierTransformer));
        using var lease = shared.Rent();
        using var batch = new ScoringBatch(new SequenceShape(SyntheticSequences.TimeSteps, SyntheticSequences.Values), Classification.Task(4), []);
        while (cursor.MoveNext())
        {
            batch.Add(reader, id);
        }

        var error = Score(batch, lease);

        // Four gates of 2 units with 2 + 2 inputs, gain and shift of each, those of the state, and a head of 4 × 2 with a bias.
        Assert.StartsWith("Scoring 5 rows of 12 values with 64 weights failed in libtorch: ", error.Message);
        Assert.IsType<ExternalException>(error.InnerException);
    }

    private static InvalidOperationException Score(ScoringBatch batch, SharedNetwork.Lease lease)
    {
        try
        {
            batch.Score(lease, new TensorForward(Classification.Task(4)));
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }

        throw new InvalidOperationException("The batch was scored.");
    }
}

using static TorchSharp.torch;

namespace Rnn.MLNet.Tests.Scoring;

/// <summary>A failure of libtorch in scoring says how much was scored with what.</summary>
public sealed class FailedBatchTests
{
    [Fact]
    public void Says_how_many_rows_and_weights()
    {
        // A network of 3 features, which cannot score sequences of 2.
        using var network = new RecurrentNetwork(
            new NetworkSpec(new LayerNormBasicLstmCell(2), 1, false, 0, ReadOut.FinalState, SyntheticSequences.TimeSteps, 3, 4), seed: 1, CPU);
        var data = SyntheticSequences.Keyed(new MLContext(seed: 1), 5);
        using var cursor = data.GetRowCursor(data.Schema);
        var (reader, id) = (new FeatureReader(cursor, data.Schema["Features"], "data"), cursor.GetIdGetter());
        using var batch = new ScoringBatch(new SequenceShape(SyntheticSequences.TimeSteps, SyntheticSequences.Values), Classification.Task(4), []);
        while (cursor.MoveNext())
        {
            batch.Add(reader, id);
        }

        var error = Assert.Throws<InvalidOperationException>(() => batch.Score(network));

        // Four gates of 2 units with 3 + 2 inputs, gain and shift of each, those of the state, and a head of 4 × 2 with a bias.
        Assert.StartsWith("Scoring 5 rows of 12 values with 72 weights failed in libtorch: ", error.Message);
        Assert.IsType<ExternalException>(error.InnerException);
    }
}

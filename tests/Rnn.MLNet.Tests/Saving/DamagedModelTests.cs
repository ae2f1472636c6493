using Google.Protobuf;
using Rnn.MLNet.Onnx.Proto;

namespace Rnn.MLNet.Tests.Saving;

/// <summary>A zip whose network is damaged says so as soon as it is used, whatever is asked of it.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private const string Complaint = "The model file is damaged: its weights do not match their checksum.";

    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("Score", "PredictedLabel")]
    [InlineData("Probabilities", "Guess")]
    public void A_changed_weight_is_named_by_the_first_row(string score, string predictedLabel)
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1, ScoreColumnName = score, PredictedLabelColumnName = predictedLabel });
        var data = SyntheticSequences.Keyed(_context, 3);
        _context.Model.Save(model, data.Schema, _file.Path);
        ChangeAWeight();
        var loaded = _context.Model.Load(_file.Path, out _);

        AssertComplains(() => loaded.Transform(data).Scores(score));
        AssertComplains(() => loaded.Transform(data).Keys(predictedLabel));
        AssertComplains(() => _context.Model.CreatePredictionEngine<Sequence<string>, Prediction>(loaded, true, null, Renamed(score))
            .Predict(SyntheticSequences.Rows(1).Single()));
    }

    private static SchemaDefinition Renamed(string score)
    {
        var definition = SchemaDefinition.Create(typeof(Prediction));
        definition["Score"].ColumnName = score;
        return definition;
    }

    private static void AssertComplains(Action use) => Assert.Contains(Complaint, Assert.ThrowsAny<Exception>(use).ToString());

    /// <summary>As a storage might: the zip's own sums are those of the changed content.</summary>
    private void ChangeAWeight()
    {
        var model = ZipNetwork.Parse(_file.Path);
        var weights = model.Graph.Initializer.Where(tensor => tensor.DataType == TensorProto.Types.DataType.Float).MaxBy(tensor => tensor.RawData.Length)!;
        var changed = weights.RawData.ToByteArray();
        changed[2] ^= 8;
        weights.RawData = ByteString.CopyFrom(changed);
        ZipNetwork.Write(_file.Path, model.ToByteArray());
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet;
using Xunit;

public sealed class NetworkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_network_answers_as_the_trained_one(bool bidirectional)
    {
        var mlContext = new MLContext(seed: 1);
        var train = mlContext.Data.LoadFromEnumerable(Sequence.Many(300));
        using var model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.Transforms.RnnClassifier(timeSteps: 8, cell: new GruCell(16), bidirectional: bidirectional))
            .Fit(train);
        var path = Path.GetTempFileName();
        mlContext.Model.Save(model, train.Schema, path);

        var loaded = new MLContext().Model.Load(path, out _);

        Assert.Equal(1, mlContext.MulticlassClassification.Evaluate(model.Transform(train)).MicroAccuracy);
        var pairs = Scores(model, train).Zip(Scores(loaded, train));
        Assert.All(pairs, pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        File.Delete(path);
    }

    private static IEnumerable<float> Scores(ITransformer model, IDataView rows) =>
        model.Transform(rows).GetColumn<float[]>("Score").SelectMany(row => row);
}

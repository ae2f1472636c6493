namespace Rnn.MLNet.Tests.Saving;

/// <summary>A model of as many classes as it may have can be saved: of so many numbers some have the same hash in ML.NET.</summary>
public sealed class ClassLimitTests : IDisposable
{
    private readonly TemporaryFile _file = new(".zip");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void It_is_saved_and_predicts_the_same()
    {
        var context = new MLContext(seed: 1);
        var definition = SchemaDefinition.Create(typeof(Sequence<uint>));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), 200_000);
        var data = context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(6, i => (uint)(66_666 * (i + 1))), definition);
        using var fitted = context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1 }).Fit(data);

        fitted.SaveTo(_file.Path, data.Schema);

        var (before, after) = (fitted.Transform(data), new MLContext().Model.Load(_file.Path, out _).Transform(data));
        Assert.Equal(before.Keys(), after.Keys());
        Assert.Equal(before.Schema["PredictedLabel"].Type, after.Schema["PredictedLabel"].Type);
    }
}

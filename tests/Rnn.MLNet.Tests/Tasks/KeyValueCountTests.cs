namespace Rnn.MLNet.Tests.Tasks;

/// <summary>Values that are not one a key are none, as in ML.NET: the model is one of plain keys.</summary>
public sealed class KeyValueCountTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly TemporaryFile _file = new(".zip");

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(5, "Score")]
    [InlineData(2, "Score")]
    [InlineData(0, "Score")]
    [InlineData(5, "Probabilities")]
    [InlineData(2, "Probabilities")]
    [InlineData(0, "Probabilities")]
    public void Values_that_are_not_one_a_key_are_none(int values, string score)
    {
        var keyValues = new DataViewSchema.Annotations.Builder();
        keyValues.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, values), (ref VBuffer<ReadOnlyMemory<char>> destination) =>
            destination = new(values, [.. Enumerable.Range(0, values).Select(i => $"value {i}".AsMemory())]));
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, SyntheticSequences.TimeSteps, SyntheticSequences.Values));
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), 3), keyValues.ToAnnotations());
        var data = _context.Data.LoadFromEnumerable(SyntheticSequences.Relabelled(30, i => (uint)i), schema.ToSchema());
        using var fitted = _context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 3, ScoreColumnName = score }).Fit(data);
        _context.Model.Save(fitted, data.Schema, _file.Path);

        var (before, after) = (fitted.Transform(data), new MLContext().Model.Load(_file.Path, out _).Transform(data));

        Assert.All([before.Schema, after.Schema], columns =>
        {
            Assert.Null(columns["PredictedLabel"].Annotations.Schema.GetColumnOrNull("KeyValues"));
            Assert.Null(columns[score].Annotations.Schema.GetColumnOrNull("SlotNames"));
        });
        ScoreColumns.AssertAgree(before.Scores(score), after.Scores(score), 1e-6);
        Assert.Equal(before.Keys(), after.Keys());
    }
}

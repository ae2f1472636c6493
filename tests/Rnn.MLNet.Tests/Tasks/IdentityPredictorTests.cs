namespace Rnn.MLNet.Tests.Tasks;

/// <summary>The stock model behind the network in a zip gives the probabilities back, bit for bit, for every number of classes.</summary>
public sealed class IdentityPredictorTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Any_number_of_classes_that_it_serves()
    {
        foreach (var classes in Enumerable.Range(2, 30).Concat([41, 47, 49, 55, 61, 64, 82, 83, 97, 98, 103, 107, 109, 115, 127, 128]))
        {
            Assert.True(IdentityPredictor.Serves(new ClassifierColumns("Label", "Features", "Score", "PredictedLabel"), classes));
            Assert.NotNull(IdentityPredictor.Create(_context, Labels(classes)));
        }

        Assert.False(IdentityPredictor.Serves(new ClassifierColumns("Label", "Features", "Score", "PredictedLabel"), 129));
        Assert.False(IdentityPredictor.Serves(new ClassifierColumns("Label", "Features", "Score", "Guess"), 3));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Ties_tiny_probabilities_and_zeros(int classes)
    {
        float[][] rows =
        [
            [.. Enumerable.Repeat(1f / classes, classes)],
            [.. Enumerable.Range(0, classes).Select(i => i == classes - 1 ? 1f : 0f)],
            [.. Enumerable.Range(0, classes).Select(i => i == 0 ? float.Epsilon : i == 1 ? 1f : 1e-38f)],
        ];
        var definition = SchemaDefinition.Create(typeof(PortableRow));
        definition[SavedColumns.Scores].ColumnType = new VectorDataViewType(NumberDataViewType.Single, classes);
        var data = _context.Data.LoadFromEnumerable(rows.Select(row => new PortableRow { Probabilities = new VBuffer<float>(classes, row) }).ToList(), definition);

        var scored = IdentityPredictor.Create(_context, Labels(classes)).Transform(data);

        ScoreColumns.AssertAgree(rows, scored.Scores(), 0);
        Assert.Equal([1u, (uint)classes, 2u], scored.Keys());
    }

    private static LabelKeys Labels(int classes) => LabelKeys.Of(EmptyView.Of(("Label", new KeyDataViewType(typeof(uint), classes))).Schema[0]);
}

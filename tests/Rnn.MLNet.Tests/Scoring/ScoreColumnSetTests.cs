namespace Rnn.MLNet.Tests.Scoring;

/// <summary>ML.NET's evaluators tell the score columns of one model from those of another by an identifier: each model takes the next one.</summary>
public sealed class ScoreColumnSetTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private const string SetId = "ScoreColumnSetId";

    private readonly MLContext _context = trained.Context;

    [Fact]
    public void The_first_is_1()
    {
        var schema = trained.Model.Transform(SyntheticSequences.Keyed(_context, 3)).Schema;

        Assert.Equal([1u, 1u], [IdOf(schema["Score"]), IdOf(schema["PredictedLabel"])]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_second_model_in_a_pipeline_has_one_of_its_own(bool otherNames)
    {
        var (score, label) = otherNames ? ("Second", "SecondLabel") : ("Score", "PredictedLabel");
        var data = SyntheticSequences.Keyed(_context, 48);
        using var second = SyntheticSequences.Fit(SyntheticSequences.Options with { MaxSteps = 1, ScoreColumnName = score, PredictedLabelColumnName = label });

        var schema = second.Transform(trained.Model.Transform(data)).Schema;

        uint[] ids = [.. schema.Where(column => column.Name is "Score" or "PredictedLabel" or "Second" or "SecondLabel" && HasId(column)).Select(IdOf)];
        Assert.Equal([1, 1, 2, 2], ids);
        Assert.Equal([2u, 2u], [IdOf(schema[score]), IdOf(schema[label])]);
    }

    [Theory]
    [InlineData(7u, 3u, 8u)]
    [InlineData(3u, 7u, 8u)]
    public void It_is_one_above_the_largest_of_the_data(uint first, uint second, uint expected)
    {
        var data = Annotated(new KeyDataViewType(typeof(uint), int.MaxValue), first, second);

        Assert.Equal(expected, IdOf(trained.Model.GetOutputSchema(data)["Score"]));
    }

    /// <summary>As ML.NET does, which knows keys of UInt32 only.</summary>
    [Fact]
    public void What_is_no_identifier_does_not_count()
    {
        Assert.Equal(1u, IdOf(trained.Model.GetOutputSchema(Annotated(NumberDataViewType.UInt32, 7u, 3u))["Score"]));
        Assert.Equal(1u, IdOf(trained.Model.GetOutputSchema(Annotated(new KeyDataViewType(typeof(ulong), 100), 7ul, 3ul))["Score"]));
    }

    [Fact]
    public void Behind_a_model_of_MLNet_it_is_the_next()
    {
        var data = SyntheticSequences.Keyed(_context, 48);
        var stock = _context.MulticlassClassification.Trainers.NaiveBayes().Fit(data).Transform(data);

        var ours = trained.Model.Transform(stock).Schema;

        Assert.Equal(IdOf(stock.Schema["Score"]) + 1, IdOf(ours["Score"]));
        var theirs = _context.MulticlassClassification.Trainers.NaiveBayes().Fit(data).Transform(trained.Model.Transform(data)).Schema;
        Assert.Equal(2u, IdOf(theirs["Score"]));
    }

    private static DataViewSchema Annotated<T>(PrimitiveDataViewType type, params T[] ids)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, SyntheticSequences.TimeSteps, SyntheticSequences.Values));
        foreach (var id in ids)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.AddPrimitiveValue(SetId, type, id);
            schema.AddColumn($"Scored {id}", NumberDataViewType.Single, annotations.ToAnnotations());
        }

        return schema.ToSchema();
    }

    private static bool HasId(DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull(SetId) is not null;

    private static uint IdOf(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue(SetId, ref id);
        return id;
    }
}

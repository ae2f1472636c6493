namespace Rnn.MLNet.Tests.Reading;

/// <summary>A column whose dimensions say that its values come in another order than in training is not scored.</summary>
public sealed class DimensionTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(new[] { 6, 2 }, null, new[] { 6, 2 }, true)]
    [InlineData(new[] { 6, 2 }, null, new[] { 12 }, true)]
    [InlineData(new[] { 6, 2 }, null, new[] { 6, 2, 1 }, true)]
    [InlineData(new[] { 6, 2 }, null, new[] { 6, 1, 2 }, true)]
    [InlineData(new[] { 6, 2 }, null, new[] { 2, 6 }, false)]
    [InlineData(new[] { 6, 2 }, null, new[] { 4, 3 }, false)]
    [InlineData(new[] { 6, 2 }, null, new[] { 1, 12 }, false)]
    // TimeSteps may divide a column otherwise than its dimensions do.
    [InlineData(new[] { 6, 2 }, 3, new[] { 6, 2 }, true)]
    [InlineData(new[] { 6, 2 }, 3, new[] { 3, 4 }, true)]
    [InlineData(new[] { 6, 2 }, 3, new[] { 2, 6 }, false)]
    [InlineData(new[] { 12 }, 6, new[] { 12 }, true)]
    [InlineData(new[] { 12 }, 6, new[] { 6, 2 }, true)]
    [InlineData(new[] { 12 }, 6, new[] { 6, 2, 1 }, true)]
    [InlineData(new[] { 12 }, 6, new[] { 2, 6 }, false)]
    [InlineData(new[] { 2, 3, 2 }, null, new[] { 2, 3, 2 }, true)]
    [InlineData(new[] { 2, 3, 2 }, null, new[] { 2, 6 }, true)]
    [InlineData(new[] { 2, 3, 2 }, null, new[] { 12 }, true)]
    [InlineData(new[] { 2, 3, 2 }, null, new[] { 2, 2, 3 }, false)]
    [InlineData(new[] { 2, 3, 2 }, null, new[] { 3, 2, 2 }, false)]
    public void A_column_that_is_scored(int[] trained, int? timeSteps, int[] scored, bool fits)
    {
        using var model = _context.Transforms.RnnClassifier(SyntheticSequences.Options with { MaxSteps = 1, TimeSteps = timeSteps }).Fit(View(trained));

        if (fits)
        {
            ScoreColumns.AssertAgree(model.Transform(View(trained)).Scores(), model.Transform(View(scored)).Scores(), 0);
            _ = model.GetRowToRowMapper(View(scored).Schema);
            return;
        }

        var message = Assert.Throws<ArgumentException>(() => model.Transform(View(scored))).Message;
        Assert.Contains("'Features' must have the dimensions of training, " + new VectorDataViewType(NumberDataViewType.Single, trained), message);
        Assert.Contains("it is " + new VectorDataViewType(NumberDataViewType.Single, scored), message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => model.GetRowToRowMapper(View(scored).Schema)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => model.GetOutputSchema(View(scored).Schema)).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public void A_validation_set(int? timeSteps)
    {
        var options = SyntheticSequences.Options with { MaxSteps = 1, TimeSteps = timeSteps, ValidationSet = View(2, 6) };

        var message = Assert.Throws<ArgumentException>(() => _context.Transforms.RnnClassifier(options).Fit(View(6, 2))).Message;

        Assert.Contains("The ValidationSet does not fit: The feature column 'Features' must have the dimensions of training, Vector<Single, 6, 2>", message);
        using var flat = _context.Transforms.RnnClassifier(options with { ValidationSet = View(12) }).Fit(View(6, 2));
    }

    private IDataView View(params int[] dimensions) => SyntheticSequences.Keyed(_context, SyntheticSequences.Rows(12), dimensions);
}

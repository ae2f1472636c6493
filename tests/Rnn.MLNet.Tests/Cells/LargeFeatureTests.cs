namespace Rnn.MLNet.Tests.Cells;

/// <summary>A finite feature, however large, means the same to the fitted model and to the saved one.</summary>
public sealed class LargeFeatureTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [MemberData(nameof(CellSamples.Names), MemberType = typeof(CellSamples))]
    public void Features_of_1e20_give_the_same_scores(string cell)
    {
        using var model = SyntheticSequences.Fit(SyntheticSequences.Options with { Cell = CellSamples.All[cell] });
        var rows = SyntheticSequences.Rows(30, seed: 2).ToList();
        rows.ForEach(row => System.Numerics.Tensors.TensorPrimitives.Multiply<float>(row.Features, 1e20f, row.Features));
        var large = SyntheticSequences.Keyed(_context, rows);
        using var zip = new MemoryStream();
        _context.Model.Save(model, large.Schema, zip);
        zip.Position = 0;

        var fitted = model.Transform(large);
        var reloaded = _context.Model.Load(zip, out _).Transform(large);

        Assert.All(fitted.Scores().SelectMany(scores => scores), score => Assert.True(float.IsFinite(score)));
        ScoreColumns.AssertAgree(fitted.Scores(), reloaded.Scores(), 1e-5);
        Assert.Equal(fitted.Keys(), reloaded.Keys());
    }
}

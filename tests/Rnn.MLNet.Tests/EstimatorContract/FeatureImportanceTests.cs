using Rnn.MLNet.Tests.Scoring;

namespace Rnn.MLNet.Tests.EstimatorContract;

/// <summary>ML.NET's PermutationFeatureImportance finds the two values of the first step, which alone tell the class.</summary>
public sealed class FeatureImportanceTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 12 })]
    public void Of_a_model(int[] dimensions)
    {
        var data = SyntheticSequences.Keyed(_context, SyntheticSequences.Rows(150, seed: 2), dimensions);

        var importance = _context.MulticlassClassification.PermutationFeatureImportance(trained.Model, data, permutationCount: 2);

        AssertFirstStep([.. importance.Select(metrics => metrics.MicroAccuracy.Mean)]);
    }

    [Fact]
    public void Of_a_pipeline()
    {
        var text = SyntheticSequences.Text(_context, 150);
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.RnnClassifier(SyntheticSequences.Options with { Epochs = 6 })).Fit(text);

        AssertFirstStep([.. _context.MulticlassClassification
            .PermutationFeatureImportance(model.LastTransformer, model.Transform(text), permutationCount: 1).Select(metrics => metrics.MicroAccuracy.Mean)]);
        model.Dispose();
    }

    [Fact]
    public void The_model_reports_what_it_reads()
    {
        ISingleFeaturePredictionTransformer<object> model = trained.Model;

        Assert.Equal("Features", model.FeatureColumnName);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 6, 2), model.FeatureColumnType);
        Assert.Same(trained.Model, model.Model);
    }

    private static void AssertFirstStep(double[] changes)
    {
        Assert.Equal(SyntheticSequences.Length, changes.Length);
        Assert.All(changes[..2], change => Assert.True(change < -0.1, $"{change}"));
        Assert.All(changes[2..], change => Assert.InRange(change, -0.1, 0.1));
    }
}

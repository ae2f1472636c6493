namespace Rnn.MLNet.Tests.Experiments.Trials;

/// <summary>The learning curve of a model is the history of the last network in it.</summary>
public sealed class LearningCurveTests
{
    [Fact]
    public void Each_epoch_of_the_last_network_wherever_it_is()
    {
        using var validated = SyntheticSequences.Fit(SyntheticSequences.Options with { Epochs = 3, ValidationFraction = 0.25 }, rows: 24);
        using var other = SyntheticSequences.Fit(SyntheticSequences.Options with { Epochs = 1 }, rows: 24);
        var curve = LearningCurvePoint.Of(validated);
        Assert.Equal(3, curve.Count);
        Assert.Equal(
            validated.History.Epochs.Select(epoch => new LearningCurvePoint(epoch.Epoch, epoch.Loss, epoch.Accuracy, epoch.ValidationAccuracy)), curve);
        Assert.Equal([1, 2, 3], curve.Select(point => point.Epoch));
        Assert.All(curve, point => Assert.InRange(point.ValidationAccuracy!.Value, 0, 1));
        Assert.Null(Assert.Single(LearningCurvePoint.Of(other)).ValidationAccuracy);

        var rows = SyntheticSequences.Keyed(new MLContext(1), 3);
        var copy = new MLContext(1).Transforms.CopyColumns("Copy", "Features").Fit(rows);
        Assert.Equal(curve, LearningCurvePoint.Of(new TransformerChain<ITransformer>(copy, validated)));
        Assert.Equal(curve, LearningCurvePoint.Of(new TransformerChain<ITransformer>(validated, copy)));
        Assert.Equal(curve, LearningCurvePoint.Of(new TransformerChain<ITransformer>(other, new TransformerChain<ITransformer>(validated, copy))));
        Assert.Empty(LearningCurvePoint.Of(copy));
        Assert.Empty(LearningCurvePoint.Of(new TransformerChain<ITransformer>(copy)));
    }

    [Fact]
    public void Of_several_folds_it_is_that_of_the_best()
    {
        // The network of the second fold alone learns anything.
        var run = SmallExperiments.Create(SmallExperiments.Settings with { OptimizingMetric = MulticlassClassificationMetric.LogLoss })
            .Add("network", (context, trial) => context.Transforms.RnnClassifier(
                SmallExperiments.Options(epochs: trial.Fold == 1 ? 6 : 1) with { LearningRate = trial.Fold == 1 ? 0.02 : 1e-6 }))
            .Execute(Bar.View(150), numberOfCVFolds: 3).BestRun!;

        Assert.Equal([1, 2, 3, 4, 5, 6], run.LearningCurve.Select(point => point.Epoch));
        Assert.Equal(LearningCurvePoint.Of(run.Model!), run.LearningCurve);
    }
}

using Rnn.MLNet.Tests.Experiments;

namespace Rnn.MLNet.Tests.Cuda;

/// <summary>Trials share the GPU as they share the processor.</summary>
public sealed class GpuExperimentTests
{
    private static readonly IDataView Train = Bar.View(300), Validation = Bar.View(100, seed: 2);

    [Fact]
    public void Results_do_not_depend_on_how_many_trials_run_side_by_side()
    {
        Gpu.Require();
        string[] Run(int concurrent) => [.. SmallExperiments.Create(SmallExperiments.Settings with { MaxConcurrentTrials = concurrent, MaxTrials = 8 })
            .Add("GRU", context => context.Transforms.RnnClassifier(OnTheGpu()))
            .AddSearch("search", SmallExperiments.Space, OnTheGpu(), SmallExperiments.Halving)
            .Execute(Train, Validation).RunDetails.Select(run => $"{run.TrialId} {run.TrainerName} {run.Exception?.Message} {run.ValidationMetrics?.LogLoss:R}")];

        Assert.Equal(Run(1), Run(3));
    }

    [Fact]
    public void Folds_side_by_side_with_trainers_of_MLNet()
    {
        Gpu.Require();
        var result = SmallExperiments.Create(SmallExperiments.Settings with { MaxConcurrentTrials = 2 })
            .Add("GRU", context => context.Transforms.RnnClassifier(OnTheGpu() with { Epochs = 20 }))
            .Add("Naive Bayes", SmallExperiments.Bayes)
            .Execute(Train, numberOfCVFolds: 3);

        Assert.All(result.RunDetails, run => Assert.Null(run.Exception));
        Assert.Equal("GRU", result.BestRun!.TrainerName);
        var context = new MLContext(1);
        Assert.True(context.MulticlassClassification.Evaluate(result.BestRun.Model!.Transform(Validation)).MicroAccuracy > 0.8);
    }

    private static RnnClassifierOptions OnTheGpu() => SmallExperiments.Options(epochs: 3) with { Device = RnnDevice.Cuda };
}

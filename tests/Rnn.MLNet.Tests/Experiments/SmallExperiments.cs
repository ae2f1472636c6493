namespace Rnn.MLNet.Tests.Experiments;

/// <summary>Candidates and settings that the tests share.</summary>
internal static class SmallExperiments
{
    /// <summary>More time than a busy machine needs for any of the tests.</summary>
    public static RnnExperimentSettings Settings { get; } = new() { MaxExperimentTimeInSeconds = 600, Seed = 1, Threads = 2, ValidationFraction = 0.2 };

    public static RnnExperiment Create(RnnExperimentSettings? settings = null) =>
        new MLContext(1).MulticlassClassification.CreateRnnExperiment(settings ?? Settings);

    public static TrialContexts Contexts { get; } = new(MLNetAccessors.EnvironmentOf(new MLContext(1).Transforms), Settings.Seed);

    /// <summary>Float32, since which precision Auto takes is measured, and the tests compare bits.</summary>
    public static RnnClassifierOptions Options(int epochs = 1) => new()
    {
        TimeSteps = Bar.Steps,
        Cell = new GruCell(8),
        Epochs = epochs,
        BatchSize = 32,
        LearningRate = 0.02,
        Precision = RnnPrecision.Float32,
    };

    public static RnnSearchSpace Space { get; } = new()
    {
        Cells = [new GruCell(8), new BasicLstmCell(8)],
        Units = (4, 12),
        Layers = (1, 2),
        LearningRate = (1e-3, 5e-2),
        Dropout = (0, 0),
        Bidirectional = [false, true],
        BatchSize = [16, 32],
    };

    /// <summary>Promotes also in searches that are as short as those of the tests.</summary>
    public static SuccessiveHalving Halving { get; } = new() { MinSteps = 10 };

    public static IEstimator<ITransformer> Network(MLContext context) => context.Transforms.RnnClassifier(Options());

    /// <summary>So many epochs that it does not end by itself.</summary>
    public static IEstimator<ITransformer> EndlessNetwork(MLContext context) => context.Transforms.RnnClassifier(Options(epochs: 1_000_000));

    /// <summary>Runs an experiment that would never end if it went wrong.</summary>
    public static ExperimentResult WithoutHanging(Func<ExperimentResult> run)
    {
        var task = Task.Run(run);
        return task.Wait(Hang.Limit) ? task.Result : throw new TimeoutException("Execute did not end.");
    }

    public static IEstimator<ITransformer> Bayes(MLContext context) => context.MulticlassClassification.Trainers.NaiveBayes();

    public static IEstimator<ITransformer> Linear(MLContext context) => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy();
}

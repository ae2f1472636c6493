using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Compare;

/// <summary>The candidates of the comparison.</summary>
internal static class Candidates
{
    // The fast ones first: what they leave of their share of the time, the networks can use.
    public static RnnExperiment AddAll(RnnExperiment experiment) => experiment
        .Add("SdcaMaximumEntropy", (context, trial) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = trial.Threads, MaximumNumberOfIterations = 20 }))
        .Add("LightGbm", (context, trial) => context.MulticlassClassification.Trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options { NumberOfThreads = trial.Threads }))
        .Add("GRU 64", context => context.Transforms.RnnClassifier(timeSteps: Digit.Side, cell: new GruCell(64)))
        .Add("Bidirectional GRU 64", context => context.Transforms.RnnClassifier(
            timeSteps: Digit.Side, cell: new GruCell(64), bidirectional: true))
        .Add("LSTM 128", context => context.Transforms.RnnClassifier(timeSteps: Digit.Side, cell: new BasicLstmCell(128)))
        .AddSearch("RNN search", SearchSpace, SearchOptions);

    /// <summary>The search space.</summary>
    public static RnnSearchSpace SearchSpace { get; } = new()
    {
        Cells = [new BasicLstmCell(128), new GruCell(128)],
        Units = (48, 192),
        Layers = (1, 2),
        LearningRate = (5e-4, 2e-2),
        Bidirectional = [false, true],
        Dropout = (0, 0.3),
    };

    /// <summary>The options that all networks of the search share.</summary>
    public static RnnClassifierOptions SearchOptions { get; } = new() { TimeSteps = Digit.Side };
}

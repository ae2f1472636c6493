using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Compare;

/// <summary>The candidates of the comparison.</summary>
internal static class Candidates
{
    public static RnnExperiment AddAll(RnnExperiment experiment) => experiment
        .Add("LSTM 128", context => context.Transforms.RnnClassifier(timeSteps: Digit.Side, cell: new BasicLstmCell(128)))
        .Add("GRU 128", context => context.Transforms.RnnClassifier(timeSteps: Digit.Side, cell: new GruCell(128)))
        .Add("Simple RNN 128", context => context.Transforms.RnnClassifier(new RnnClassifierOptions
        {
            // A simple cell diverges at the default learning rate, which suits gated cells.
            TimeSteps = Digit.Side,
            Cell = new BasicRnnCell(128),
            LearningRate = 0.001,
        }))
        .Add("Bidirectional LSTM 64", context => context.Transforms.RnnClassifier(
            timeSteps: Digit.Side, cell: new BasicLstmCell(64), bidirectional: true))
        .Add("LightGbm", (context, trial) => context.MulticlassClassification.Trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options { NumberOfThreads = trial.Threads }))
        .Add("SdcaMaximumEntropy", (context, trial) => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = trial.Threads, MaximumNumberOfIterations = 20 }))
        .Add("FastTree one-versus-all", (context, trial) => context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = trial.Threads, NumberOfTrees = 50 })))
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

namespace Rnn.MLNet;

/// <summary>
/// The options that all tasks share: input columns, network, training and hardware. Immutable. The constructor of the estimator throws an
/// <see cref="ArgumentOutOfRangeException"/> if a value is out of range.
/// </summary>
public abstract record RnnOptions
{
    private protected RnnOptions()
    {
    }

    // Columns

    /// <summary>
    /// The name of the column with the sequences: a vector of Single or Double of known size, <c>[time, features]</c> in row-major order.
    /// Default <c>Features</c>.
    /// </summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// The name of a Single column with the weight of each training row, finite and at least 0; null (the default) for equal weights.
    /// A weight of 2 has the same effect as the row occurring twice: the loss of a minibatch is the sum of weight × loss, divided by the number
    /// of rows in the minibatch and by the mean weight of all training rows. If all weights are 0, the network does not learn and a warning is
    /// logged. A <see cref="ValidationSet"/> must have the column too.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// The number of time steps, at least 1. Must divide the length of the feature vector. Null (the default) for the first dimension of a vector
    /// column with at least two dimensions, such as <c>[VectorType(28, 28)]</c>.
    /// </summary>
    public int? TimeSteps { get; init; }

    /// <summary>The name of the output column with the scores. Default <c>Score</c>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>
    /// The name of an additional output column with the scores after each time step, <c>[time, scores]</c>, as if the sequence had ended there: when did
    /// the network make up its mind? The last step's are those of <see cref="ScoreColumnName"/>. Null (the default) for no such column. Requires a network
    /// of one direction, since the other direction begins at the end of the sequence.
    /// </summary>
    public string? ScoresOverTimeColumnName { get; init; }

    /// <summary>
    /// How the features are scaled, inside the network, with numbers learned from the training rows. Default <see cref="InputScaling.Auto"/>:
    /// features that are not near the unit range are scaled.
    /// </summary>
    public InputScaling InputScaling { get; init; } = InputScaling.Auto;

    /// <summary>What happens to missing features (NaN). Default <see cref="MissingValues.Refuse"/>.</summary>
    public MissingValues MissingValues { get; init; } = MissingValues.Refuse;

    // Network

    /// <summary>The recurrent cell. Default <c>new BasicLstmCell(128)</c>.</summary>
    public RnnCell Cell { get; init; } = new BasicLstmCell(128);

    /// <summary>The number of stacked recurrent layers, at least 1. Default 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also processes the reversed sequence (Schuster and Paliwal, 1997). Default false.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// The dropout rate (Srivastava et al., 2014): the fraction of values set to zero between the recurrent layers and before the output
    /// layer, in training only. In [0, 1). Default 0.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// How the outputs of the last recurrent layer are reduced to the input of the output layer. Default <see cref="ReadOut.FinalState"/>.
    /// </summary>
    public ReadOut ReadOut { get; init; } = ReadOut.FinalState;

    /// <summary>
    /// The distribution of the output layer's initial weights. Default <see cref="WeightInitializer.GlorotUniform"/>, with a bias of zero.
    /// </summary>
    public WeightInitializer OutputInitializer { get; init; } = WeightInitializer.GlorotUniform;

    // Training

    /// <summary>The optimiser. Default <see cref="OptimizerKind.Adam"/>.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>
    /// The learning rate, from 1e-30 to 3.4e38; with a schedule, its peak. Null (the default) for 0.1 with <see cref="OptimizerKind.Sgd"/>,
    /// 0.001 with <see cref="OptimizerKind.RmsProp"/> and 0.003 with the others.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate changes over the course of training. Default <see cref="LearningRateSchedule.OneCycle"/>.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.OneCycle;

    /// <summary>
    /// The weight decay, from 0 to 1e6: decoupled for <see cref="OptimizerKind.AdamW"/>, an L2 penalty for the others. Biases and the gains and
    /// shifts of layer normalisation do not decay. With <see cref="OptimizerKind.Sgd"/> and <see cref="OptimizerKind.AdamW"/> at most
    /// 1 / <see cref="LearningRate"/>: a step multiplies the weights by 1 − learning rate × weight decay, so a larger decay would make them grow.
    /// Default 0.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// The Euclidean norm to which larger gradients are scaled down (Pascanu et al., 2013), from 1e-30 to 3.4e38; null for no clipping. Default 1.
    /// </summary>
    public double? GradientClipNorm { get; init; } = 1.0;

    /// <summary>
    /// The number of rows in a minibatch, at least 1. Null (the default) for a number that fits the number of training rows: 16 for fewer than
    /// 1,000, 32 for fewer than 10,000, 64 for fewer than 30,000, otherwise 128.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// The number of passes over the training rows, at least 1. Null (the default) for as many as the data needs: the number depends on the
    /// number of training rows and their length, see the table in docs/defaults.md. It is logged and part of the <see cref="TrainingHistory"/>. If
    /// <see cref="MaxSteps"/> or <see cref="ScheduleEpochs"/> is set, null means as many as they allow.
    /// </summary>
    /// <remarks>
    /// If the length of training is left open (neither this option nor the other two are set), training ends as soon as the loss of the training
    /// rows stays near zero. If there are at least 10,000 training rows in memory, a tenth of them, at most 2,000, is also held out, and training
    /// ends when the accuracy on them no longer improves (with example or class weights: the loss); the weights of the best epoch are kept. With a
    /// <see cref="ValidationFraction"/> of 0 no rows are held out.
    /// </remarks>
    public int? Epochs { get; init; }

    /// <summary>
    /// The number of epochs that the learning rate schedule spans, at least <see cref="Epochs"/>; null (the default) for <see cref="Epochs"/> or
    /// <see cref="MaxSteps"/>, whichever ends training first. If it exceeds <see cref="Epochs"/>, training stops before the schedule ends and
    /// can be resumed from <see cref="CheckpointPath"/> with more epochs or optimiser steps, as if it had never stopped.
    /// </summary>
    public int? ScheduleEpochs { get; init; }

    /// <summary>The number of optimiser steps that the learning rate schedule spans, instead of <see cref="ScheduleEpochs"/>; null for those.</summary>
    internal long? ScheduleSteps { get; init; }

    /// <summary><see cref="LearningRate"/>, or its default value for the optimiser.</summary>
    internal double PeakLearningRate => LearningRate ?? Optimizer switch
    {
        OptimizerKind.Sgd => 0.1,
        OptimizerKind.RmsProp => 0.001,
        _ => 0.003,
    };

    /// <summary>
    /// The largest number of optimiser steps, one per minibatch, at least 1. Null (the default) for no limit other than <see cref="Epochs"/>.
    /// </summary>
    public long? MaxSteps { get; init; }

    /// <summary>
    /// The rows on which each epoch is validated, after the transforms that precede this estimator. Must have the label and feature columns
    /// and, if set, the <see cref="ExampleWeightColumnName"/> column, with a weight above 0 in at least one row. Null (the default) for none.
    /// </summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// The fraction of the training rows, selected by the seed, that is used for validation instead of training. In [0, 1). Must be 0 or null
    /// if <see cref="ValidationSet"/> is set. Null (the default) for 0, unless the length of training is left open (<see cref="Epochs"/>). If the rows are streamed (<see cref="CacheRows"/>), the fraction is approximate, and identical
    /// rows are all on the same side of the split.
    /// </summary>
    public double? ValidationFraction { get; init; }

    /// <summary>
    /// The number of epochs without a lower validation loss after which training stops, at least 1. The weights of the best epoch are always
    /// restored. Epochs in which <see cref="LearningRateSchedule.OneCycle"/> raises the learning rate do not count towards the patience,
    /// but one of them can be the best epoch. Requires <see cref="ValidationSet"/> or <see cref="ValidationFraction"/>. Null (the default) to
    /// train all epochs and keep the last weights, or, if the length of training is left open (<see cref="Epochs"/>) and there are validation
    /// rows, to stop after a quarter of the epochs without a better accuracy on them.
    /// </summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>
    /// The seed of the initial weights, the order of the rows, dropout and the validation split. Null (the default) to draw one from the
    /// <see cref="MLContext"/> when the estimator is created. On the same type of CPU, the same seed and number of threads produce the same weights,
    /// bit for bit.
    /// </summary>
    public int? Seed { get; init; }

    // Hardware

    /// <summary>The device for training and scoring. Default <see cref="RnnDevice.Auto"/>: the GPU of <see cref="MLContext.GpuDeviceId"/>, or any that TorchSharp's CUDA package finds.</summary>
    public RnnDevice Device { get; init; } = RnnDevice.Auto;

    /// <summary>
    /// The number format of the recurrent layers in training. Default <see cref="RnnPrecision.Auto"/>. Scoring and the saved model always use
    /// float32.
    /// </summary>
    public RnnPrecision Precision { get; init; } = RnnPrecision.Auto;

    /// <summary>
    /// The number of worker threads on the CPU, at least 1, among which each minibatch is divided. Null (the default) for
    /// <see cref="RnnThreads.Default"/>: one per core that is available to the process.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The number of parts into which each minibatch is divided for the threads, at least 1; null (the default) for one per thread.
    /// On the same type of CPU, the same seed and number of shards produce the same weights for any number of threads.
    /// </summary>
    public int? Shards { get; init; }

    /// <summary>Whether the rows are kept in memory or streamed from their source. Default <see cref="CacheRows.Auto"/>.</summary>
    public CacheRows CacheRows { get; init; } = CacheRows.Auto;

    /// <summary>
    /// The path of a file to which the training state is written after every epoch (more often with <see cref="CheckpointInterval"/>). A later
    /// <c>Fit</c> resumes from it and produces the same weights, bit for bit, as if training had never stopped. Null (the default) for no
    /// checkpoints. A relative path is resolved against the current directory when the estimator is created. Missing folders are created.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <c>Fit</c> throws an <see cref="InvalidOperationException"/> if the file belongs to a different training run. The message lists each
    /// difference with both values: network, seed, optimiser, learning rate, schedule and its span, weight decay, gradient clipping, batch size,
    /// shards, precision, device, classes and their weights, input scaling, missing values, training and validation rows, whether rows are
    /// cached, patience. Options that do not affect the weights may differ, such as <see cref="Threads"/> if <see cref="Shards"/> is set, <see cref="Progress"/> and
    /// <see cref="CheckpointInterval"/>. So may the length of training: <see cref="Epochs"/> can be increased if <see cref="ScheduleEpochs"/> is
    /// the same or the learning rate is constant. The same exception is thrown if the checkpoint contains more epochs or optimiser steps than
    /// requested, if it is damaged, and if its format belongs to another version of this library.
    /// </para>
    /// <para>
    /// The file is replaced atomically and flushed to disk. <c>Fit</c> checks that it can be written before it reads the data. If a later write
    /// fails, <c>Fit</c> logs one warning, continues training and tries again at the next checkpoint. Weights that are not finite are not
    /// written.
    /// </para>
    /// <para>
    /// If one estimator is fitted to several data sets, such as the folds of a cross-validation, each has its own file: the path itself for the
    /// first data set, the path with a digest of the data appended for every other. Two fits cannot use the same file at the same time.
    /// </para>
    /// </remarks>
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// The number of minibatches between two checkpoints, at least 1, so that a long epoch can be resumed partway. Null (the default) to write a
    /// checkpoint only at the end of each epoch. Requires <see cref="CheckpointPath"/>.
    /// </summary>
    public int? CheckpointInterval { get; init; }

    /// <summary>
    /// Cancels <c>Fit</c> within one minibatch; <see cref="OnCancel"/> determines the result. Cancelling the <see cref="MLContext"/> has the
    /// same effect.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Whether a cancelled <c>Fit</c> throws or returns the model trained so far. Default <see cref="Rnn.MLNet.OnCancel.Throw"/>.
    /// </summary>
    public OnCancel OnCancel { get; init; }

    /// <summary>Receives a report after every minibatch and every epoch, on the training thread. Null (the default) for none.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }
}

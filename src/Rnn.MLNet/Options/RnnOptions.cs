namespace Rnn.MLNet;

/// <summary>
/// What the options of every task have: columns of the input, network, training, machine. Immutable; a value out of range is refused when
/// the estimator is made.
/// </summary>
public abstract record RnnOptions
{
    private protected RnnOptions()
    {
    }

    // Columns

    /// <summary>The sequences: a vector of Single or Double of known size, time steps × features. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// A Single column with the weight of each training row, finite and not negative; null (the default) weighs all rows alike.
    /// A weight of 2 is the row twice: the loss of a minibatch is the sum of weight × loss, divided by the rows and by the mean weight of all
    /// training rows. Rows that all weigh 0 teach nothing, and a warning says so. A <see cref="ValidationSet"/> must have the column too.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// Number of time steps, at least 1; must divide the length of the feature vector. Null (the default) takes the first
    /// dimension of a two-dimensional vector column, such as <c>[VectorType(28, 28)]</c>.
    /// </summary>
    public int? TimeSteps { get; init; }

    /// <summary>Where the scores go. Default <c>Score</c>.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    // Network

    /// <summary>The recurrent cell. Default <c>new BasicLstmCell(128)</c>.</summary>
    public RnnCell Cell { get; init; } = new BasicLstmCell(128);

    /// <summary>Number of stacked recurrent layers, at least 1. Default 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether each layer also runs over the reversed sequence (Schuster and Paliwal, 1997). Default false.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// Share of the values that dropout (Srivastava et al., 2014) zeroes between the layers and before the output layer, in
    /// training only, in [0, 1). Default 0.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>What the output layer sees of the sequence. Default <see cref="ReadOut.FinalState"/>.</summary>
    public ReadOut ReadOut { get; init; } = ReadOut.FinalState;

    /// <summary>
    /// What the output layer's weights start as. Default <see cref="WeightInitializer.GlorotUniform"/>, with a bias of zero.
    /// </summary>
    public WeightInitializer OutputInitializer { get; init; } = WeightInitializer.GlorotUniform;

    // Training

    /// <summary>The optimiser. Default <see cref="OptimizerKind.Adam"/>.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>
    /// The learning rate, from 1e-30 to 3.4e38; with a schedule its peak. Null (the default) takes 0.1 for <see cref="OptimizerKind.Sgd"/>,
    /// 0.001 for <see cref="OptimizerKind.RmsProp"/> and 0.003 for the others.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate changes over the training. Default <see cref="LearningRateSchedule.OneCycle"/>.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.OneCycle;

    /// <summary>
    /// Weight decay of all weights but biases and the gains and shifts of a normalisation, from 0 to 1e6: decoupled for <see cref="OptimizerKind.AdamW"/>, an L2 penalty's gradient for the others.
    /// Default 0.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest Euclidean norm of the gradient, from 1e-30 (Pascanu et al., 2013); null for no bound. Default 1.</summary>
    public double? GradientClipNorm { get; init; } = 1.0;

    /// <summary>Rows in a minibatch, at least 1. Default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Passes over the training rows, at least 1. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>
    /// Epochs that the learning rate schedule spans, at least <see cref="Epochs"/>; null (the default) for <see cref="Epochs"/> or
    /// <see cref="MaxSteps"/>, whichever ends the training first. With more, training stops before
    /// the schedule ends and can be resumed from its <see cref="CheckpointPath"/>, with more epochs or steps, as if it had never stopped.
    /// </summary>
    public int? ScheduleEpochs { get; init; }

    /// <summary>Ends the training after so many minibatches, at least 1, if <see cref="Epochs"/> does not end it first; null (the default) for no bound.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>
    /// Rows to measure each epoch on, as they come out of the transforms before this one; needs the label and feature columns and, if
    /// there is one, the <see cref="ExampleWeightColumnName"/>, above 0 in some row.
    /// Null (the default) for none.
    /// </summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// Share of the training rows, drawn by the seed, to measure each epoch on instead of training on them, in [0, 1).
    /// Default 0. Excludes <see cref="ValidationSet"/>. Of streamed rows (<see cref="CacheRows"/>) about the share is taken, and equal rows
    /// stay together.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// Ends the training when the validation loss has not fallen for so many epochs, at least 1, and always restores the
    /// weights of the best epoch. The epochs in which <see cref="LearningRateSchedule.OneCycle"/> raises the rate do not count, though one
    /// of them may be the best. Null (the default) trains to the end and keeps the last weights. Needs validation rows.
    /// </summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>
    /// Seed of the initial weights, the order of the rows, dropout and the validation split. Null (the default) draws one from the
    /// <see cref="MLContext"/>, once an estimator. The same seed and number of threads give the same weights, bit for bit.
    /// </summary>
    public int? Seed { get; init; }

    // Machine

    /// <summary>Where to train and score. Default <see cref="RnnDevice.Auto"/>: the GPU if the CUDA package of TorchSharp finds one.</summary>
    public RnnDevice Device { get; init; } = RnnDevice.Auto;

    /// <summary>Number format of the recurrent layers in training. Default <see cref="RnnPrecision.Auto"/>. Scoring and the saved model are float32.</summary>
    public RnnPrecision Precision { get; init; } = RnnPrecision.Auto;

    /// <summary>
    /// Worker threads on the CPU, at least 1, each with its share of every minibatch; null (the default) for one a core that the
    /// process may use.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Parts that every minibatch is cut into, at least 1, to be shared among the threads; null (the default) for one a thread.
    /// The same seed and shards give the same weights with any number of threads.
    /// </summary>
    public int? Shards { get; init; }

    /// <summary>Whether the training rows are kept in memory or streamed from their source. Default <see cref="CacheRows.Auto"/>.</summary>
    public CacheRows CacheRows { get; init; } = CacheRows.Auto;

    /// <summary>
    /// File that the state of the training is written to after every epoch (<see cref="CheckpointInterval"/> for more often), and that a
    /// later Fit resumes from, to the same bits as if training had never stopped. Null (the default) for none. A relative path is taken from the
    /// current directory at the time when the estimator is made; a folder that does not exist is made.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Fit refuses a checkpoint of another training, and names each option that differs with both values: network, seed, optimiser, learning
    /// rate and the span of its schedule, batch size, shards, precision, device, classes, training and validation rows, patience. What may differ is
    /// what decides no bit, such as <see cref="Threads"/> beside given <see cref="Shards"/>, <see cref="Progress"/> and the checkpoint's
    /// own options, and how long the training is to be: more <see cref="Epochs"/> with the same <see cref="ScheduleEpochs"/> or a constant
    /// rate. A checkpoint that holds more epochs or minibatches than are asked for is refused as well, as is a damaged one or one of
    /// another version's format.
    /// </para>
    /// <para>
    /// The file is replaced in one step, flushed to the disk. Whether it can be written is tried before the data is read. If it cannot
    /// be written later, Fit logs a warning, once, trains on and tries again at the next checkpoint: no training is lost with a disk. Weights that
    /// are not finite are not written.
    /// </para>
    /// <para>
    /// The fits of one estimator to other data, such as the folds of a cross-validation, have a file each: that of the first data is
    /// the path, that of other data has the data's digest behind it. Two fits cannot use one file at the same time.
    /// </para>
    /// </remarks>
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// Minibatches between two checkpoints, at least 1, so that a long epoch can be resumed in its middle; null (the default) for one at
    /// the end of every epoch only. Needs <see cref="CheckpointPath"/>.
    /// </summary>
    public int? CheckpointInterval { get; init; }

    /// <summary>Ends Fit within one minibatch, in the way that <see cref="OnCancel"/> says. The cancellation of the <see cref="MLContext"/> does the same.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Whether a cancelled Fit throws or returns what was learnt so far. Default <see cref="Rnn.MLNet.OnCancel.Throw"/>.
    /// </summary>
    public OnCancel OnCancel { get; init; }

    /// <summary>Notified after every minibatch and every epoch, on the training's thread. Null (the default) for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }
}

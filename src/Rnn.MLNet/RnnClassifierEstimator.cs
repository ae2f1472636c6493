using Microsoft.ML;
using Microsoft.ML.Runtime;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Training;
using Rnn.MLNet.Training.Optimizers;
using static TorchSharp.torch;

namespace Rnn.MLNet;

/// <summary>
/// Trains a recurrent network to classify sequences. Made by <see cref="RnnCatalog"/>.
/// </summary>
/// <remarks>
/// <para>Input: a label column of key type and a feature column, a vector of Single or Double of time steps × features.</para>
/// <para>Output: <c>Score</c>, a vector of Single with the probability of each class, and <c>PredictedLabel</c>, a key.</para>
/// <para>
/// <c>mlContext.Model.ConvertToOnnx</c> cannot convert the model, nor a pipeline with it, and says so: it knows ML.NET's own transformers
/// only. <see cref="RnnClassifierTransformer.ExportOnnx"/> writes the network.
/// </para>
/// <para>
/// Fit reads the data once, or where it does not stay in memory (<see cref="RnnClassifierOptions.CacheRows"/>) in every epoch, leaves the
/// estimator as it was, and gives the same weights for the same seed and number of threads.
/// </para>
/// </remarks>
public sealed class RnnClassifierEstimator : IEstimator<RnnClassifierTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly RnnClassifierOptions _options;
    private readonly CheckpointFiles? _checkpoints;
    private readonly int _seed;

    internal RnnClassifierEstimator(IHostEnvironment environment, RnnClassifierOptions options)
    {
        OptionsValidation.Validate(options);
        _environment = environment;
        _host = environment.Register("RnnClassifier");
        _options = options;
        _checkpoints = options.CheckpointPath is { } path ? new CheckpointFiles(path) : null;
        _seed = options.Seed ?? _host.Rand.Next();
    }

    /// <summary>Trains the network.</summary>
    /// <param name="input">The training data; it is read once, or in every epoch where it does not stay in memory.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, or the time steps do not fit it.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows to train on, a value is not finite, the training diverged, memory ran out, libtorch could not be loaded or
    /// failed, or <see cref="RnnClassifierOptions.CheckpointPath"/> cannot be written or holds what this training cannot go on from.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <see cref="RnnClassifierOptions.CancellationToken"/> or the <see cref="MLContext"/> was cancelled, and
    /// <see cref="RnnClassifierOptions.OnCancel"/> is <see cref="OnCancel.Throw"/> or nothing was learnt yet; or the process is ending.
    /// </exception>
    public RnnClassifierTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Training");
        using var cancellation = new FitCancellation(_host, _options.CancellationToken);
        try
        {
            return Fit(input, channel, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Whoever saw it first threw, a thread that reads ahead perhaps; the caller is to see its own token.
            cancellation.ThrowIfCanceled();
            throw;
        }
    }

    private RnnClassifierTransformer Fit(IDataView input, IChannel channel, FitCancellation cancellation)
    {
        cancellation.ThrowIfCanceled();
        _checkpoints?.RequireWritable();
        var data = Read(input, channel, cancellation);
        var device = Libtorch.Load(_options.Device);
        var threads = device.type == TorchSharp.DeviceType.CPU ? _options.Threads ?? RnnThreads.Default : 1;
        var (network, history) = Train(data, device, threads, channel, cancellation);
        return new RnnClassifierTransformer(
            new Scorer(new SharedNetwork(network), Columns, data.Shape, data.FeatureType, data.Labels, threads), input.Schema, history, _environment);
    }

    /// <summary>The columns that the model adds, as ML.NET's own multiclass trainers announce them.</summary>
    /// <param name="inputSchema">The columns that come in.</param>
    /// <returns>The columns that come out.</returns>
    /// <exception cref="ArgumentException">The label or feature column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return AnnouncedSchema.Of(inputSchema, _options.LabelColumnName, _options.ExampleWeightColumnName, Columns);
    }

    private ModelColumns Columns => new(_options.FeatureColumnName, _options.ScoreColumnName, _options.PredictedLabelColumnName);

    private TrainingData Read(IDataView input, IChannel channel, FitCancellation cancellation)
    {
        try
        {
            return TrainingData.Read(input, _options with { CancellationToken = cancellation.Token }, _seed, channel);
        }
        catch (OutOfMemoryException exception)
        {
            throw NativeFailure.Explain(
                exception,
                $"Keeping the rows of '{_options.FeatureColumnName}'",
                $"{nameof(_options.CacheRows)} = {nameof(CacheRows)}.{nameof(CacheRows.None)} reads them anew in each epoch instead.");
        }
    }

    private (RecurrentNetwork Network, TrainingHistory History) Train(
        TrainingData data, Device device, int threads, IChannel channel, FitCancellation cancellation)
    {
        using var log = new TrainingLog(_host, channel, _options.Progress);
        var settings = new TrainingSettings
        {
            Optimizer = _options.Optimizer,
            LearningRate = _options.LearningRate ?? DefaultLearningRate(_options.Optimizer),
            Schedule = _options.LearningRateSchedule,
            WeightDecay = _options.WeightDecay,
            GradientClipNorm = _options.GradientClipNorm,
            BatchSize = _options.BatchSize,
            Epochs = _options.Epochs,
            ScheduleEpochs = _options.ScheduleEpochs,
            MaxSteps = _options.MaxSteps,
            EarlyStoppingPatience = _options.EarlyStoppingPatience,
            Seed = _seed,
            Shards = Shards(threads, device.type),
            CheckpointInterval = _options.CheckpointInterval,
            Report = log.Report,
            Inform = message => channel.Info(MessageSensitivity.None, message),
            Warn = message => channel.Warning(MessageSensitivity.None, message),
            CancellationToken = cancellation.Token,
            ThrowIfCanceled = cancellation.ThrowIfCanceled,
            KeepsWhatWasLearnt = () => _options.OnCancel == OnCancel.KeepBest && cancellation.IsCanceled,
        };
        var spec = new NetworkSpec(
            _options.Cell, _options.Layers, _options.Bidirectional, _options.Dropout, _options.ReadOut,
            data.Shape.TimeSteps, data.Shape.Features, data.Labels.Count, _options.OutputInitializer);
        try
        {
            return WorkerGroup.Use(threads, workers => Train(spec, settings, data, device, workers, channel));
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(
                exception,
                $"Training {spec.Layers} layers of {spec.Cell}, together {RecurrentNetwork.Weights(spec).Sum(weight => weight.Count)} weights, with {threads} threads on {data.Training.Count} rows of " +
                $"{spec.TimeSteps} time steps × {spec.Features} features, {settings.BatchSize} a minibatch,",
                "Lower BatchSize, the cell's Units, Layers or Threads.");
        }
    }

    /// <summary>On the worker's own thread: what is made there takes nothing from the caller's gradient or inference mode.</summary>
    private (RecurrentNetwork Network, TrainingHistory History) Train(
        NetworkSpec spec, TrainingSettings settings, TrainingData data, Device device, WorkerGroup workers, IChannel channel)
    {
        var network = new RecurrentNetwork(spec, SeedSequence.Derive(_seed, SeedSequence.Purpose.InitialWeights), device);
        try
        {
            var batchRows = settings.BatchRows(data.Training.Count);
            var recurrentType = PrecisionChoice.Choose(
                _options.Precision, network.Spec, network.Device, batchRows / DataParallelGradient.ShardsOf(batchRows, settings.Shards));
            channel.Info(MessageSensitivity.None, $"Training {network.Parameters.Count} weights on {data.Training.Count} rows of {data.Shape}: {network.Device.type}, {workers.Count} workers, {recurrentType}.");
            var resolved = settings with { RecurrentType = recurrentType };
            using var loop = new TrainingLoop(network, resolved, data.Training, data.Validation, workers);
            using var checkpoint = Checkpoint(network, resolved, data);
            return (network, loop.Run(checkpoint));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private Checkpoint? Checkpoint(RecurrentNetwork network, TrainingSettings settings, TrainingData data)
    {
        if (_checkpoints is null)
        {
            return null;
        }

        var rows = data.Training.Hash(settings.CancellationToken);
        return new Checkpoint(
            _checkpoints.For(rows),
            Fingerprint.Of(network, settings, data.Labels, data.Training, rows, data.Validation),
            settings.Warn);
    }

    private int Shards(int threads, TorchSharp.DeviceType device) =>
        _options.Shards ?? (device != TorchSharp.DeviceType.CPU ? 1 : _options.Threads is null ? RnnThreads.DefaultShards ?? threads : threads);

    private static double DefaultLearningRate(OptimizerKind optimizer) => optimizer switch
    {
        OptimizerKind.Sgd => 0.1,
        OptimizerKind.RmsProp => 0.001,
        _ => 0.003,
    };
}

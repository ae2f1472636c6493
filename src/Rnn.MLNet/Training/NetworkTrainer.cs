using Microsoft.ML.Runtime;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Tasks;
using static TorchSharp.torch;

namespace Rnn.MLNet.Training;

/// <summary>Trains a network on a view, for any task. The estimators of all tasks use it in <c>Fit</c>.</summary>
internal sealed class NetworkTrainer
{
    private readonly string _name;
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly RnnOptions _options;
    private readonly CheckpointFiles? _checkpoints;
    private readonly int _seed;

    /// <param name="environment">The context's environment.</param>
    /// <param name="name">The name of the estimator's host and of its progress channel.</param>
    /// <param name="options">The options, already validated.</param>
    public NetworkTrainer(IHostEnvironment environment, string name, RnnOptions options)
    {
        _name = name;
        _environment = environment;
        _host = environment.Register(name);
        _options = options;
        _checkpoints = options.CheckpointPath is { } path ? new CheckpointFiles(path) : null;
        _seed = options.Seed ?? _host.Rand.Next();
    }

    /// <summary>Reads the rows and trains a network on them.</summary>
    /// <param name="input">The training data.</param>
    /// <param name="task">Creates the task from the schema of the training data.</param>
    public TrainedNetwork Fit(IDataView input, Func<DataViewSchema, ITask> task)
    {
        using var channel = _host.Start("Training");
        using var cancellation = new FitCancellation(_host, _options.CancellationToken);
        try
        {
            return Fit(input, task, channel, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The exception may come from a thread that reads ahead, with an internal token. The caller expects its own token.
            cancellation.ThrowIfCanceled();
            throw;
        }
    }

    private TrainedNetwork Fit(IDataView input, Func<DataViewSchema, ITask> findTask, IChannel channel, FitCancellation cancellation)
    {
        cancellation.ThrowIfCanceled();
        _checkpoints?.RequireWritable();
        var task = findTask(input.Schema);
        // Before the rows are read, which may take long.
        var device = DeviceChoice.Of(_options.Device, _environment);
        var data = Read(input, task, channel, cancellation);
        var threads = ThreadsOn(device, _options.Threads);
        var (network, history) = Train(task, data, device, threads, channel, cancellation);
        return new TrainedNetwork(network, task, data.Shape, data.FeatureType, history, threads);
    }

    private TrainingData Read(IDataView input, ITask task, IChannel channel, FitCancellation cancellation)
    {
        try
        {
            return TrainingData.Read(input, task.Targets, _options with { CancellationToken = cancellation.Token }, _seed, channel);
        }
        catch (OutOfMemoryException exception)
        {
            throw NativeFailure.Explain(
                exception,
                $"Keeping the rows of '{_options.FeatureColumnName}'",
                $"Set {nameof(_options.CacheRows)} to {nameof(CacheRows)}.{nameof(CacheRows.None)} to read them in every epoch instead.");
        }
    }

    private (RecurrentNetwork Network, TrainingHistory History) Train(
        ITask task, TrainingData data, Device device, int threads, IChannel channel, FitCancellation cancellation)
    {
        var length = TrainingLength.Of(_options, data.Training.Count, data.Shape, data.Validation is not null);
        using var log = new TrainingLog(_host.StartProgressChannel(_name), channel, task.MetricName, _options.Progress);
        var settings = new TrainingSettings
        {
            Optimizer = _options.Optimizer,
            LearningRate = _options.PeakLearningRate,
            Schedule = _options.LearningRateSchedule,
            WeightDecay = _options.WeightDecay,
            GradientClipNorm = _options.GradientClipNorm,
            BatchSize = length.BatchSize,
            Epochs = length.Epochs,
            ScheduleEpochs = _options.ScheduleEpochs,
            MaxSteps = _options.MaxSteps,
            FixedScheduleSteps = _options.ScheduleSteps,
            EarlyStoppingPatience = length.Patience,
            // The metric does not know weights, the loss does.
            StopsByMetric = length.IsOpen && _options is { EarlyStoppingPatience: null, ExampleWeightColumnName: null } && !data.HasTargetWeights,
            StopsWhenLearned = length.IsOpen,
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
        var spec = NetworkSpec.Of(_options, data.Shape, task.Outputs, data.Scaling);
        try
        {
            return WorkerGroup.Use(threads, workers => Train(spec, task, settings, data, device, workers, channel));
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(
                exception,
                $"Training {spec.Layers} layers of {spec.Cell} ({RecurrentNetwork.Weights(spec).Sum(weight => weight.Count)} weights) with {threads} threads on {data.Training.Count} rows of " +
                $"{spec.TimeSteps} time steps × {spec.Features} features in minibatches of {settings.BatchSize} rows",
                "Lower BatchSize, the cell's Units, Layers or Threads.");
        }
    }

    /// <summary>Runs on a worker's thread, which does not inherit the caller's gradient or inference mode.</summary>
    private (RecurrentNetwork Network, TrainingHistory History) Train(
        NetworkSpec spec, ITask task, TrainingSettings settings, TrainingData data, Device device, WorkerGroup workers, IChannel channel)
    {
        var network = new RecurrentNetwork(spec, SeedSequence.Derive(_seed, SeedSequence.Purpose.InitialWeights), device);
        try
        {
            var batchRows = settings.BatchRows(data.Training.Count);
            var recurrentType = PrecisionChoice.Choose(
                _options.Precision, network.Spec, network.Device, batchRows / DataParallelGradient.ShardsOf(batchRows, settings.Shards));
            channel.Info(MessageSensitivity.None, $"Training {network.Parameters.Count} weights on {data.Training.Count} rows of {data.Shape}: {network.Device.type}, {workers.Count} workers, {recurrentType}.");
            channel.Info(MessageSensitivity.None, Describe(settings, data));
            var resolved = settings with { RecurrentType = recurrentType };
            using var loop = new TrainingLoop(network, task, resolved, data.Training, data.Validation, workers);
            using var checkpoint = Checkpoint(network, task, resolved, data);
            return (network, loop.Run(checkpoint));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Describes the length of the training for the log, and which options determine it.</summary>
    private string Describe(TrainingSettings settings, TrainingData data)
    {
        var plan = settings.Plan(data.Training.Count);
        string[] chosen =
        [
            .. _options.Epochs is null ? [nameof(_options.Epochs)] : Array.Empty<string>(),
            .. _options.BatchSize is null ? [nameof(_options.BatchSize)] : Array.Empty<string>(),
            .. _options.EarlyStoppingPatience is null && settings.EarlyStoppingPatience is not null ? [nameof(_options.EarlyStoppingPatience)] : Array.Empty<string>(),
        ];
        var patience = settings.EarlyStoppingPatience is { } epochs ? $", stopping after {Count(epochs, "epoch")} without a {(settings.StopsByMetric ? "better metric" : "lower loss")} on {data.Validation!.Count} validation rows" : "";
        var reason = chosen.Length == 0 ? "" : $" Chosen from the number of rows, because not set: {string.Join(", ", chosen)}.";
        return $"At most {Count(plan.Epochs, "epoch")} of {plan.BatchesInEpoch} {(plan.BatchesInEpoch == 1 ? "minibatch" : "minibatches")} of {Count(settings.BatchSize, "row")}, {Count(plan.Steps, "step")}{patience}.{reason}";

        static string Count(long number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
    }

    private Checkpoint? Checkpoint(RecurrentNetwork network, ITask task, TrainingSettings settings, TrainingData data)
    {
        if (_checkpoints is null)
        {
            return null;
        }

        var rows = data.Training.Hash(settings.CancellationToken);
        return new Checkpoint(
            _checkpoints.For(rows),
            Fingerprint.Of(network, settings, task, data.Training, rows, data.Validation),
            settings.Warn);
    }

    /// <summary>Returns the number of threads that train and score on a device: one on a GPU.</summary>
    /// <param name="device">The device.</param>
    /// <param name="threads">The number of threads on a CPU; null for <see cref="RnnThreads.Default"/>.</param>
    public static int ThreadsOn(Device device, int? threads) => device.type == TorchSharp.DeviceType.CPU ? threads ?? RnnThreads.Default : 1;

    private int Shards(int threads, TorchSharp.DeviceType device) =>
        _options.Shards ?? (device != TorchSharp.DeviceType.CPU ? 1 : _options.Threads is null ? RnnThreads.DefaultShards ?? threads : threads);
}

using Microsoft.ML.Runtime;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Tasks.Classification;
using Rnn.MLNet.Training;
using static TorchSharp.torch;

namespace Rnn.MLNet;

/// <summary>
/// Makes an <see cref="RnnClassifierTransformer"/> of weights that were trained with TensorFlow 1. Fit reads no row: it takes the
/// classes from the label column's key type and the sequences' shape from the feature column. Made by <see cref="RnnCatalog"/>.
/// </summary>
public sealed class TensorFlowClassifierEstimator : IEstimator<RnnClassifierTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly RnnClassifierOptions _options;
    private readonly TensorFlowWeights _weights;

    internal TensorFlowClassifierEstimator(IHostEnvironment environment, RnnClassifierOptions options, TensorFlowWeights weights)
    {
        ClassifierOptionsValidation.Validate(options);
        _environment = environment;
        _options = options;
        _weights = weights;
    }

    /// <summary>Builds the model. Nothing is trained.</summary>
    /// <param name="input">A view with the label and feature columns; only their types are read.</param>
    /// <returns>The model; its <see cref="RnnClassifierTransformer.History"/> has no epochs.</returns>
    /// <exception cref="ArgumentException">
    /// A column is missing or of a wrong type, or a weight is missing or of a wrong shape; the message names the cell, the weight and both shapes.
    /// </exception>
    public RnnClassifierTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var task = ClassificationTask.Of(input.Schema, Columns, _options.OutputInitializer);
        var columns = new SequenceColumns(input.Schema, task.Targets(input.Schema), _options.FeatureColumnName, weightColumn: null, _options.TimeSteps);
        var device = Libtorch.Load(_options.Device);
        var network = Network(task, columns, device);
        return new RnnClassifierTransformer(
            new Scorer(new SharedNetwork(network, task, typeof(RnnClassifierTransformer)), Columns.Feature, columns.Shape, columns.FeatureType, task, _options.Threads ?? RnnThreads.Default),
            input.Schema,
            new TrainingHistory { Epochs = [], Steps = 0, BestEpoch = 0, StoppedEarly = false },
            _environment);
    }

    /// <summary>The columns that the model adds, as ML.NET's own multiclass trainers announce them.</summary>
    /// <param name="inputSchema">The columns that come in.</param>
    /// <returns>The columns that come out.</returns>
    /// <exception cref="ArgumentException">The label or feature column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return AnnouncedColumns.Of(inputSchema, Columns, weightColumn: null);
    }

    private ClassifierColumns Columns => new(_options.LabelColumnName, _options.FeatureColumnName, _options.ScoreColumnName, _options.PredictedLabelColumnName);

    private RecurrentNetwork Network(ClassificationTask task, SequenceColumns columns, Device device)
    {
        var spec = new NetworkSpec(
            _options.Cell, _options.Layers, _options.Bidirectional, _options.Dropout, _options.ReadOut,
            columns.Shape.TimeSteps, columns.Shape.Features, task.Outputs);
        try
        {
            // On a thread that knows nothing of the caller's gradient or inference mode.
            return WorkerGroup.Use(1, _ => new RecurrentNetwork(spec, seed: 0, device, TensorFlowImport.Read(spec, _weights)));
        }
        catch (Exception exception) when (NativeFailure.Is(exception))
        {
            throw NativeFailure.Explain(exception, $"Making {spec.Layers} layers of {spec.Cell}", "The network needs a machine with more memory.");
        }
    }
}

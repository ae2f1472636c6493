using Microsoft.ML;
using Microsoft.ML.Runtime;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Tasks;
using Rnn.MLNet.Tasks.Classification;
using Rnn.MLNet.Training;

namespace Rnn.MLNet;

/// <summary>
/// Trains a recurrent network to classify sequences. Made by <see cref="RnnCatalog"/>.
/// </summary>
/// <remarks>
/// <para>
/// The estimator of <see cref="RnnCatalog.RnnClassifierFromTensorFlow"/> trains nothing: Fit takes the classes from the label column's key
/// type, the shape of the sequences from the feature column, and reads no row.
/// </para>
/// <para>Input: a label column of key type and a feature column, a vector of Single or Double of time steps × features.</para>
/// <para>Output: <c>Score</c>, a vector of Single with the probability of each class, and <c>PredictedLabel</c>, a key.</para>
/// <para>
/// <c>mlContext.Model.ConvertToOnnx</c> cannot convert the model, nor a pipeline with it, and says so: it knows ML.NET's own transformers
/// only. <see cref="RnnClassifierTransformer.ExportOnnx"/> writes the network.
/// </para>
/// <para>
/// Fit reads the data once, or where it does not stay in memory (<see cref="RnnOptions.CacheRows"/>) in every epoch, leaves the
/// estimator as it was, and gives the same weights for the same seed and number of threads.
/// </para>
/// </remarks>
public sealed class RnnClassifierEstimator : IEstimator<RnnClassifierTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly RnnClassifierOptions _options;
    private readonly string? _weightColumn;
    private readonly Func<IDataView, Func<DataViewSchema, ITask>, TrainedNetwork> _fit;

    /// <param name="environment">The context's environment.</param>
    /// <param name="options">Columns, network and training.</param>
    /// <param name="pretrained">The weights for a network; null trains them. With given weights the options of training are not used.</param>
    internal RnnClassifierEstimator(IHostEnvironment environment, RnnClassifierOptions options, Func<NetworkSpec, InitialWeights>? pretrained = null)
    {
        ClassifierOptionsValidation.Validate(options);
        _environment = environment;
        _options = options;
        _weightColumn = pretrained is null ? options.ExampleWeightColumnName : null;
        _fit = pretrained is null
            ? new NetworkTrainer(environment, "RnnClassifier", options).Fit
            : new PretrainedNetwork(options, pretrained).Fit;
    }

    /// <summary>Trains the network, or builds it from the given weights.</summary>
    /// <param name="input">
    /// The training data, which is read once, or once in every epoch if it is not kept in memory. With given weights only its schema is used.
    /// </param>
    /// <returns>The model. With given weights its <see cref="RnnClassifierTransformer.History"/> has no epochs.</returns>
    /// <exception cref="ArgumentException">
    /// A column is missing or has a wrong type, the time steps do not fit the feature column, or a given weight is missing or has a wrong shape.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows to train on, a value is not finite, the training diverged, memory ran out, libtorch could not be loaded or
    /// failed, or <see cref="RnnOptions.CheckpointPath"/> cannot be written or holds a checkpoint that this training cannot be resumed from.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <see cref="RnnOptions.CancellationToken"/> or the <see cref="MLContext"/> was cancelled, and
    /// <see cref="RnnOptions.OnCancel"/> is <see cref="OnCancel.Throw"/> or nothing was learnt yet; or the process is ending.
    /// </exception>
    public RnnClassifierTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var trained = _fit(input, schema => ClassificationTask.Of(schema, Columns));
        return new RnnClassifierTransformer(Scorer.Of(trained, Columns.Feature, typeof(RnnClassifierTransformer)), input.Schema, trained.History, _environment);
    }

    /// <summary>The columns that the model adds, as ML.NET's own multiclass trainers announce them.</summary>
    /// <param name="inputSchema">The columns that come in.</param>
    /// <returns>The columns that come out.</returns>
    /// <exception cref="ArgumentException">The label or feature column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return AnnouncedColumns.Of(inputSchema, Columns, _weightColumn);
    }

    private ClassifierColumns Columns =>
        new(_options.LabelColumnName, _options.FeatureColumnName, _options.ScoreColumnName, _options.PredictedLabelColumnName);
}

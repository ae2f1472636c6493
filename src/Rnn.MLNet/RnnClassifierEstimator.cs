using Microsoft.ML.Runtime;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Tasks;
using Rnn.MLNet.Tasks.Classification;
using Rnn.MLNet.Training;

namespace Rnn.MLNet;

/// <summary>
/// Trains a recurrent network to classify sequences. Created by the methods of <see cref="RnnCatalog"/>.
/// </summary>
/// <remarks>
/// <para>
/// The estimator of <see cref="RnnCatalog.RnnClassifierFromTensorFlow"/> trains nothing: <c>Fit</c> takes the classes from the label column's
/// key type and the shape of the sequences from the feature column, and reads no row.
/// </para>
/// <para>Input: a label column of key type and a feature column, a vector of Single or Double of time steps × features.</para>
/// <para>Output: <c>Score</c>, a vector of Single with the probability of each class, and <c>PredictedLabel</c>, a key.</para>
/// <para>
/// <c>mlContext.Model.ConvertToOnnx</c> supports only ML.NET's own transformers: it fails for the model and for every pipeline that
/// contains it. Use <see cref="RnnClassifierTransformer.ExportOnnx"/> to write the network instead.
/// </para>
/// <para>
/// <see cref="Fit"/> reads the data once, or in every epoch if the rows are not kept in memory (<see cref="RnnOptions.CacheRows"/>). It
/// does not change the estimator. The same seed and number of threads give the same weights.
/// </para>
/// </remarks>
public sealed class RnnClassifierEstimator : IEstimator<RnnClassifierTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly RnnClassifierOptions _options;
    private readonly string? _weightColumn;
    private readonly ClassWeights _classWeights;
    private readonly Func<IDataView, Func<DataViewSchema, ITask>, TrainedNetwork> _fit;

    /// <param name="environment">The context's environment.</param>
    /// <param name="options">The columns, the network and its training.</param>
    /// <param name="pretrained">Returns the weights of a network; null to train them. With given weights the training options are ignored.</param>
    internal RnnClassifierEstimator(IHostEnvironment environment, RnnClassifierOptions options, Func<NetworkSpec, InitialWeights>? pretrained = null)
    {
        ClassifierOptionsValidation.Validate(options);
        _environment = environment;
        _options = options;
        _weightColumn = pretrained is null ? options.ExampleWeightColumnName : null;
        _classWeights = pretrained is null ? options.ClassWeights : ClassWeights.None;
        _fit = pretrained is null
            ? new NetworkTrainer(environment, "RnnClassifier", options).Fit
            : new PretrainedNetwork(environment, options, pretrained).Fit;
    }

    /// <summary>Trains the network, or builds it from the given weights.</summary>
    /// <param name="input">
    /// The training data. It is read once, or in every epoch if the rows are not kept in memory. With given weights only its schema is used.
    /// </param>
    /// <returns>The model. With given weights its <see cref="RnnClassifierTransformer.History"/> has no epochs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A column is missing or has the wrong type, the feature vector cannot be divided into the time steps, or a given weight is missing or has
    /// the wrong shape.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows to train on, a value is not finite, training diverged, memory ran out, libtorch could not be loaded or
    /// failed, a GPU is required and missing (<see cref="RnnDevice"/>), or <see cref="RnnOptions.CheckpointPath"/> cannot be written or holds a checkpoint that this training cannot be resumed from.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <see cref="RnnOptions.CancellationToken"/> or the <see cref="MLContext"/> was cancelled, and <see cref="RnnOptions.OnCancel"/> is
    /// <see cref="OnCancel.Throw"/> or no minibatch had been trained yet; or the process is ending.
    /// </exception>
    public RnnClassifierTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var trained = _fit(input, schema => ClassificationTask.Of(schema, Columns, _classWeights, _options.TimeSteps));
        return new RnnClassifierTransformer(Scorer.Of(trained, Columns.Feature, typeof(RnnClassifierTransformer)), trained.History, _environment);
    }

    /// <summary>Returns the schema of the model's output, as ML.NET's own multiclass trainers declare it.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns, the score and the predicted label.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inputSchema"/> is null.</exception>
    /// <exception cref="ArgumentException">The label, feature or example weight column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return AnnouncedColumns.Of(inputSchema, Columns, _weightColumn);
    }

    private ClassifierColumns Columns =>
        new(_options.LabelColumnName, _options.FeatureColumnName, _options.ScoreColumnName, _options.PredictedLabelColumnName) { ScoresOverTime = _options.ScoresOverTimeColumnName };
}

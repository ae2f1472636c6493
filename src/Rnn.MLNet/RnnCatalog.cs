using Rnn.MLNet;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;

namespace Microsoft.ML;

/// <summary>Recurrent networks in the catalogs of an <see cref="MLContext"/>.</summary>
public static class RnnCatalog
{
    /// <summary>
    /// A multiclass classifier of sequences: recurrent layers and a softmax, trained by backpropagation through time.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="labelColumnName">The label, a key column.</param>
    /// <param name="featureColumnName">The sequences, a vector of Single or Double: time steps × features, <c>[time, features]</c> row by row.</param>
    /// <param name="timeSteps">Number of time steps; null takes the first dimension of a two-dimensional vector column.</param>
    /// <param name="cell">The recurrent cell; null for <c>new BasicLstmCell(128)</c>.</param>
    /// <param name="bidirectional">Whether the network also reads the sequence backward.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <returns>
    /// An estimator whose model adds the columns <c>Score</c> (<c>Vector&lt;Single, classes&gt;</c>, probabilities) and
    /// <c>PredictedLabel</c> (a key with the label's values), as ML.NET's own multiclass trainers do.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifier(
        this TransformsCatalog catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int? timeSteps = null,
        RnnCell? cell = null,
        bool bidirectional = false,
        int epochs = 10) =>
        catalog.RnnClassifier(Options(labelColumnName, featureColumnName, timeSteps, cell, bidirectional, epochs));

    /// <summary>A multiclass classifier of sequences, with every option.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="options">Columns, network and training.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifier(this TransformsCatalog catalog, RnnClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RnnClassifierEstimator(MLNetAccessors.EnvironmentOf(catalog), options);
    }

    /// <summary>A multiclass classifier of sequences, among ML.NET's own trainers.</summary>
    /// <param name="trainers">The catalog, <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">Columns, network and training.</param>
    /// <returns>The estimator, the same as that of <see cref="RnnClassifier(TransformsCatalog, RnnClassifierOptions)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifier(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, RnnClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(options);
        return new RnnClassifierEstimator(MLNetAccessors.EnvironmentOf(trainers), options);
    }

    /// <summary>A multiclass classifier of sequences, among ML.NET's own trainers.</summary>
    /// <param name="trainers">The catalog, <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The label, a key column.</param>
    /// <param name="featureColumnName">The sequences, a vector of Single or Double: time steps × features, <c>[time, features]</c> row by row.</param>
    /// <param name="timeSteps">Number of time steps; null takes the first dimension of a two-dimensional vector column.</param>
    /// <param name="cell">The recurrent cell; null for <c>new BasicLstmCell(128)</c>.</param>
    /// <param name="bidirectional">Whether the network also reads the sequence backward.</param>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <returns>The estimator, the same as that of <c>mlContext.Transforms.RnnClassifier</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifier(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int? timeSteps = null,
        RnnCell? cell = null,
        bool bidirectional = false,
        int epochs = 10) =>
        trainers.RnnClassifier(Options(labelColumnName, featureColumnName, timeSteps, cell, bidirectional, epochs));

    /// <summary>A classifier of sequences that was trained with TensorFlow 1, from its weights. Nothing is trained.</summary>
    /// <remarks>
    /// The label column names the classes: key 1 is the output layer's first column. Make the keys by
    /// <c>MapValueToKey(..., keyOrdinality: KeyOrdinality.ByValue)</c> where TensorFlow numbered the classes by their
    /// values; the default numbers them as they appear in the data.
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="options">Columns and network, as they were in TensorFlow; what concerns training only is not used.</param>
    /// <param name="weights">The weights, laid out as TensorFlow stores them.</param>
    /// <returns>
    /// An estimator whose Fit reads no row: it takes the classes from the label column's key type and the shape of the sequences from the
    /// feature column. Its model adds the same columns as that of <see cref="RnnClassifier(TransformsCatalog, RnnClassifierOptions)"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifierFromTensorFlow(
        this TransformsCatalog catalog, RnnClassifierOptions options, TensorFlowWeights weights)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        return new RnnClassifierEstimator(MLNetAccessors.EnvironmentOf(catalog), options, spec => TensorFlowImport.Read(spec, weights));
    }

    private static RnnClassifierOptions Options(
        string labelColumnName, string featureColumnName, int? timeSteps, RnnCell? cell, bool bidirectional, int epochs)
    {
        var options = new RnnClassifierOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            TimeSteps = timeSteps,
            Bidirectional = bidirectional,
            Epochs = epochs,
        };
        return cell is null ? options : options with { Cell = cell };
    }
}

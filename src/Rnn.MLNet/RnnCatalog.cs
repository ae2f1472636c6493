using Rnn.MLNet;
using Rnn.MLNet.Native;
using Rnn.MLNet.Networks;

namespace Microsoft.ML;

/// <summary>Extension methods that create recurrent network estimators from the catalogs of an <see cref="MLContext"/>.</summary>
public static class RnnCatalog
{
    /// <summary>
    /// Creates a multiclass classifier of sequences: recurrent layers followed by a softmax, trained by backpropagation through time.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="labelColumnName">The name of the label column, of key type.</param>
    /// <param name="featureColumnName">
    /// The name of the column with the sequences, a vector of Single or Double that holds <c>[time, features]</c> in row-major order.
    /// </param>
    /// <param name="timeSteps">The number of time steps, at least 1; null takes the first dimension of a two-dimensional vector column.</param>
    /// <param name="cell">The recurrent cell; null for <c>new BasicLstmCell(128)</c>.</param>
    /// <param name="bidirectional">Whether each layer also processes the reversed sequence.</param>
    /// <param name="epochs">
    /// The number of passes over the training rows, at least 1; null for as many as the data needs (<see cref="RnnOptions.Epochs"/>).
    /// </param>
    /// <returns>
    /// An estimator whose model adds the columns <c>Score</c> (<c>Vector&lt;Single, classes&gt;</c>, probabilities) and
    /// <c>PredictedLabel</c> (a key with the label's values), as ML.NET's own multiclass trainers do.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifier(
        this TransformsCatalog catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int? timeSteps = null,
        RnnCell? cell = null,
        bool bidirectional = false,
        int? epochs = null) =>
        catalog.RnnClassifier(Options(labelColumnName, featureColumnName, timeSteps, cell, bidirectional, epochs));

    /// <summary>Creates a multiclass classifier of sequences from advanced options.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="options">The columns, the network and its training.</param>
    /// <returns>An estimator whose model adds a column of probabilities and a column of predicted labels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    public static RnnClassifierEstimator RnnClassifier(this TransformsCatalog catalog, RnnClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RnnClassifierEstimator(MLNetAccessors.EnvironmentOf(catalog), options);
    }

    /// <summary>Creates a multiclass classifier of sequences from advanced options, in the catalog of ML.NET's multiclass trainers.</summary>
    /// <param name="trainers">The catalog, <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">The columns, the network and its training.</param>
    /// <returns>The same estimator as <see cref="RnnClassifier(TransformsCatalog, RnnClassifierOptions)"/> returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trainers"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    public static RnnClassifierEstimator RnnClassifier(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, RnnClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(options);
        return new RnnClassifierEstimator(MLNetAccessors.EnvironmentOf(trainers), options);
    }

    /// <summary>Creates a multiclass classifier of sequences, in the catalog of ML.NET's multiclass trainers.</summary>
    /// <param name="trainers">The catalog, <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">The name of the label column, of key type.</param>
    /// <param name="featureColumnName">
    /// The name of the column with the sequences, a vector of Single or Double that holds <c>[time, features]</c> in row-major order.
    /// </param>
    /// <param name="timeSteps">The number of time steps, at least 1; null takes the first dimension of a two-dimensional vector column.</param>
    /// <param name="cell">The recurrent cell; null for <c>new BasicLstmCell(128)</c>.</param>
    /// <param name="bidirectional">Whether each layer also processes the reversed sequence.</param>
    /// <param name="epochs">
    /// The number of passes over the training rows, at least 1; null for as many as the data needs (<see cref="RnnOptions.Epochs"/>).
    /// </param>
    /// <returns>The same estimator as <c>mlContext.Transforms.RnnClassifier</c> returns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trainers"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifier(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int? timeSteps = null,
        RnnCell? cell = null,
        bool bidirectional = false,
        int? epochs = null) =>
        trainers.RnnClassifier(Options(labelColumnName, featureColumnName, timeSteps, cell, bidirectional, epochs));

    /// <summary>Creates a classifier of sequences from the weights of a network that was trained with TensorFlow 1. Nothing is trained.</summary>
    /// <remarks>
    /// The label column defines the classes: key 1 is the class of the output layer's first column. Where TensorFlow numbered the classes
    /// by their values, create the keys with <c>MapValueToKey(..., keyOrdinality: KeyOrdinality.ByValue)</c>; the default numbers them by
    /// their first occurrence in the data.
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="options">The columns, and the network as it was in TensorFlow. Options that concern only training are ignored, among them
    /// <see cref="RnnOptions.InputScaling"/>: nothing is scaled, because nothing is learned.</param>
    /// <param name="weights">The weights, in TensorFlow's layout.</param>
    /// <returns>
    /// An estimator whose <c>Fit</c> reads no row: it takes the classes from the label column's key type and the shape of the sequences from
    /// the feature column. Its model adds the same columns as that of <see cref="RnnClassifier(TransformsCatalog, RnnClassifierOptions)"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="catalog"/>, <paramref name="options"/> or <paramref name="weights"/> is null.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range or contradicts another.</exception>
    public static RnnClassifierEstimator RnnClassifierFromTensorFlow(
        this TransformsCatalog catalog, RnnClassifierOptions options, TensorFlowWeights weights)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        return new RnnClassifierEstimator(MLNetAccessors.EnvironmentOf(catalog), options, spec => TensorFlowImport.Read(spec, weights));
    }

    private static RnnClassifierOptions Options(
        string labelColumnName, string featureColumnName, int? timeSteps, RnnCell? cell, bool bidirectional, int? epochs)
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

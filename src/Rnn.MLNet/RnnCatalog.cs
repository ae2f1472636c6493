using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;
using Rnn.MLNet;

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
        int epochs = 10)
    {
        var options = new RnnClassifierOptions
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            TimeSteps = timeSteps,
            Bidirectional = bidirectional,
            Epochs = epochs,
        };
        return catalog.RnnClassifier(cell is null ? options : options with { Cell = cell });
    }

    /// <summary>A multiclass classifier of sequences, with every option.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="options">Columns, network and training.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static RnnClassifierEstimator RnnClassifier(this TransformsCatalog catalog, RnnClassifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RnnClassifierEstimator(Environment(catalog), options);
    }

    /// <summary>ML.NET gives components outside of it no other way to the context's log, seed and progress.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref readonly IHostEnvironment Environment(TransformsCatalog catalog);
}

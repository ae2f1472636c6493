using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet.Files;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Reading;
using Rnn.MLNet.Scoring;

namespace Rnn.MLNet.Saving;

/// <summary>
/// A model as a chain of ML.NET's own transformers. ML.NET lets nobody else write into a model file, but it lets
/// anybody forward to a transformer that can: the file then loads wherever Microsoft.ML.OnnxTransformer is, without
/// this library and without libtorch.
/// </summary>
/// <remarks>
/// The network runs as ONNX and gives the probabilities. Where the columns have ML.NET's names and the classes are few, a stock
/// predictor makes score and predicted label of them, with all annotations (<see cref="IdentityPredictor"/>). Otherwise the network
/// gives a code of the winner too, and two transformers turn that into a key with the label's values
/// (<see cref="ClassKeyLookup"/>). The columns in between are dropped.
/// </remarks>
internal sealed class PortableChain : ICanSaveModel, IDisposable
{
    private readonly TransformerChain<ITransformer> _transformers;
    private readonly TemporaryFolder _folder;

    private PortableChain(TransformerChain<ITransformer> transformers, TemporaryFolder folder)
    {
        _transformers = transformers;
        _folder = folder;
    }

    /// <summary>The chain, which maps row to row; it lives no longer than this object.</summary>
    public ITransformer Transformer => _transformers;

    /// <summary>Builds the chain.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="columns">The columns that the model reads and writes.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="inputSchema">The columns that come in, among them the features.</param>
    /// <param name="temporaryPath">Where a temporary file may be written, <c>MLContext.TempFilePath</c>.</param>
    /// <exception cref="IOException">No temporary file can be written.</exception>
    public static PortableChain Create(
        RecurrentNetwork network, ModelColumns columns, LabelKeys labels, DataViewSchema inputSchema, string? temporaryPath)
    {
        var featureType = (VectorDataViewType)inputSchema[columns.Feature].Type;
        var isPredictor = IdentityPredictor.Serves(columns, labels.Count);
        string[] outputs = isPredictor ? [PortableColumns.Probabilities] : [PortableColumns.Probabilities, PortableColumns.ClassCode];
        // A context of its own: building the chain neither writes to the user's log nor draws from the user's seed.
        var context = new MLContext(seed: 0);
        var lookup = isPredictor ? null : new ClassKeyLookup(context, PortableColumns.ClassCode, labels.Count);
        var model = PortableNetwork.ToBytes(network, featureType, columns.Feature, isPredictor ? null : labels.Names, lookup?.Codes);

        // The OnnxTransformer reads its model again when it is saved. Given a stream it writes a file of its own, which
        // it never deletes.
        var folder = new TemporaryFolder(temporaryPath);
        var steps = new List<ITransformer>();
        try
        {
            var input = SchemaSample.Create(context, columns.Feature, featureType);
            Append(context.Transforms.ApplyOnnxModel(outputs, [columns.Feature], folder.Write("network.onnx", model)));
            if (lookup is null)
            {
                steps.Add(IdentityPredictor.Create(context, labels));
            }
            else
            {
                steps.AddRange(lookup.Transformers(columns.PredictedLabel, labels));
                Append(context.Transforms.CopyColumns(columns.Score, PortableColumns.Probabilities));
            }

            // Dropping by name also drops what the steps before have hidden under the same name.
            Append(context.Transforms.DropColumns(outputs));
            return new PortableChain(new TransformerChain<ITransformer>([.. steps]), folder);

            void Append<T>(IEstimator<T> estimator)
                where T : class, ITransformer =>
                steps.Add(estimator.Fit(new TransformerChain<ITransformer>([.. steps]).Transform(input)));
        }
        catch
        {
            Release(steps, folder);
            throw;
        }
    }

    public void Dispose() => Release(_transformers, _folder);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_transformers).Save(ctx);

    private static void Release(IEnumerable<ITransformer> steps, TemporaryFolder folder)
    {
        foreach (var step in steps.OfType<IDisposable>())
        {
            step.Dispose();
        }

        folder.Dispose();
    }
}

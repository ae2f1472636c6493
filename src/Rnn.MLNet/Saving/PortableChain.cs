using Rnn.MLNet.Files;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Saving;

/// <summary>
/// A model as a chain of ML.NET's own transformers. ML.NET does not let other transformers write to a model file, but they can delegate
/// to one of its own. The file loads wherever Microsoft.ML.OnnxTransformer is installed, without this library and without libtorch.
/// </summary>
/// <remarks>
/// The network runs as an ONNX model that computes the scores; the task's transformers compute its columns from them; the last transformer
/// drops the intermediate columns.
/// </remarks>
internal sealed class PortableChain : ICanSaveModel, IDisposable
{
    private readonly SavedChain _chain;
    private readonly TransformerChain<ITransformer> _transformers;
    private readonly TemporaryFolder _folder;

    private PortableChain(SavedChain chain, TemporaryFolder folder)
    {
        _chain = chain;
        _transformers = chain.ToTransformer();
        _folder = folder;
    }

    /// <summary>The chain, a row-to-row mapper. It is disposed of with this object.</summary>
    public ITransformer Transformer => _transformers;

    /// <summary>Builds the chain.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="task">The task that it was trained for.</param>
    /// <param name="featureColumn">The name of the feature column.</param>
    /// <param name="featureType">The type of the feature column in training.</param>
    /// <param name="temporaryPath">The folder for a temporary file, <c>MLContext.TempFilePath</c>.</param>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public static PortableChain Create(RecurrentNetwork network, ITask task, string featureColumn, VectorDataViewType featureType, string? temporaryPath)
    {
        // A separate context, so that building the chain neither writes to the user's log nor uses the user's random numbers.
        var context = new MLContext(seed: 0);
        var tail = task.SavedTail(context);
        string[] outputs = [.. tail.NetworkColumns];
        var model = PortableNetwork.ToBytes(network, task, tail, featureType, featureColumn);

        // The OnnxTransformer reads its model file again when it is saved. From a stream it would create a file that it never deletes.
        var folder = new TemporaryFolder(temporaryPath);
        var chain = new SavedChain(SchemaSample.Create(context, featureColumn, featureType));
        try
        {
            chain.Fit(context.Transforms.ApplyOnnxModel(outputs, [featureColumn], folder.Write("network.onnx", model)));
            tail.AppendTo(chain);
            // Dropping by name also drops the columns of the same name that earlier transformers have hidden.
            chain.Fit(context.Transforms.DropColumns(outputs));
            return new PortableChain(chain, folder);
        }
        catch
        {
            chain.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _chain.Dispose();
        _folder.Dispose();
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_transformers).Save(ctx);
}

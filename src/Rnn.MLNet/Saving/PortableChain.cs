using Rnn.MLNet.Files;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Tasks;

namespace Rnn.MLNet.Saving;

/// <summary>
/// A model as a chain of ML.NET's own transformers. ML.NET lets nobody else write into a model file, but it lets
/// anybody forward to a transformer that can: the file then loads wherever Microsoft.ML.OnnxTransformer is, without
/// this library and without libtorch.
/// </summary>
/// <remarks>
/// The network runs as ONNX and gives the scores; the task's transformers make its columns of them. The columns in between are dropped.
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

    /// <summary>The chain, which maps row to row; it lives no longer than this object.</summary>
    public ITransformer Transformer => _transformers;

    /// <summary>Builds the chain.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="task">What it was trained for.</param>
    /// <param name="featureColumn">The feature column.</param>
    /// <param name="inputSchema">The columns that come in, among them the features.</param>
    /// <param name="temporaryPath">Where a temporary file may be written, <c>MLContext.TempFilePath</c>.</param>
    /// <exception cref="IOException">No temporary file can be written.</exception>
    public static PortableChain Create(RecurrentNetwork network, ITask task, string featureColumn, DataViewSchema inputSchema, string? temporaryPath)
    {
        var featureType = (VectorDataViewType)inputSchema[featureColumn].Type;
        // A context of its own: building the chain neither writes to the user's log nor draws from the user's seed.
        var context = new MLContext(seed: 0);
        var tail = task.SavedTail(context);
        string[] outputs = [.. tail.NetworkColumns];
        var model = PortableNetwork.ToBytes(network, task, tail, featureType, featureColumn);

        // The OnnxTransformer reads its model again when it is saved. Given a stream it writes a file of its own, which
        // it never deletes.
        var folder = new TemporaryFolder(temporaryPath);
        var chain = new SavedChain(SchemaSample.Create(context, featureColumn, featureType));
        try
        {
            chain.Fit(context.Transforms.ApplyOnnxModel(outputs, [featureColumn], folder.Write("network.onnx", model)));
            tail.AppendTo(chain);
            // Dropping by name also drops what the steps before have hidden under the same name.
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

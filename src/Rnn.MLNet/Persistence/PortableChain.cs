using Microsoft.ML;
using Microsoft.ML.Data;
using Rnn.MLNet.Networks;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Sequences;

namespace Rnn.MLNet.Persistence;

/// <summary>
/// A model as a chain of ML.NET's own transformers. ML.NET lets nobody else write into a model file, but it lets
/// anybody forward to a transformer that can: the file then loads wherever Microsoft.ML.OnnxTransformer is, without
/// this library and without libtorch.
/// </summary>
/// <remarks>
/// The network runs as ONNX and gives the scores and the index of the winner, a vector of one number
/// (<see cref="PortableNetwork"/>); two transformers turn that into a key with the label's values
/// (<see cref="ClassKeyLookup"/>); and the columns in between are dropped.
/// </remarks>
internal sealed class PortableChain : ICanSaveModel, IDisposable
{
    private readonly TransformerChain<ITransformer> _transformers;
    private readonly DirectoryInfo _directory;

    private PortableChain(TransformerChain<ITransformer> transformers, DirectoryInfo directory)
    {
        _transformers = transformers;
        _directory = directory;
    }

    /// <summary>The chain, which maps row to row; it lives no longer than this object.</summary>
    public ITransformer Transformer => _transformers;

    /// <summary>Builds the chain.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="columns">The columns that the model reads and writes.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="inputSchema">The columns that come in, among them the features.</param>
    public static PortableChain Create(RecurrentNetwork network, ModelColumns columns, LabelKeys labels, DataViewSchema inputSchema)
    {
        var taken = new HashSet<string>([.. inputSchema.Select(column => column.Name), columns.Score, columns.PredictedLabel]);
        var index = NewName("ClassIndex", taken);
        // ONNX knows values by their names alone, so the scores cannot be called as the features are.
        var score = columns.Score == columns.Feature ? NewName("ClassScore", taken) : columns.Score;
        var featureType = (VectorDataViewType)inputSchema[columns.Feature].Type;
        var model = PortableNetwork.ToBytes(network, featureType, columns.Feature, score, index, labels.Names);

        // The OnnxTransformer reads its model again when it is saved. Given a stream it writes a file of its own, which
        // it never deletes.
        var directory = Directory.CreateTempSubdirectory("Rnn.MLNet-");
        var steps = new List<ITransformer>();
        try
        {
            var file = Path.Combine(directory.FullName, "network.onnx");
            File.WriteAllBytes(file, model);
            // A context of its own: building the chain neither writes to the user's log nor draws from the user's seed.
            var context = new MLContext(seed: 0);
            var input = SchemaSample.Create(context, columns.Feature, featureType);
            Append(context.Transforms.ApplyOnnxModel([score, index], [columns.Feature], file));
            steps.AddRange(ClassKeyLookup.Create(context, index, columns.PredictedLabel, labels));
            if (score != columns.Score)
            {
                Append(context.Transforms.CopyColumns(columns.Score, score));
            }

            // Dropping by name also drops what the steps before have hidden under the same name.
            Append(context.Transforms.DropColumns(score == columns.Score ? [index] : [index, score]));
            return new PortableChain(new TransformerChain<ITransformer>([.. steps]), directory);

            void Append<T>(IEstimator<T> estimator)
                where T : class, ITransformer =>
                steps.Add(estimator.Fit(new TransformerChain<ITransformer>([.. steps]).Transform(input)));
        }
        catch
        {
            Release(steps, directory);
            throw;
        }
    }

    public void Dispose() => Release(_transformers, _directory);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_transformers).Save(ctx);

    private static void Release(IEnumerable<ITransformer> steps, DirectoryInfo directory)
    {
        foreach (var step in steps.OfType<IDisposable>())
        {
            step.Dispose();
        }

        if (Directory.Exists(directory.FullName))
        {
            directory.Delete(recursive: true);
        }
    }

    private static string NewName(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = wanted + number;
        }

        return name;
    }
}

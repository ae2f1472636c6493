using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
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
internal static class PortableChain
{
    /// <summary>Builds the chain.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="columns">The columns that the model reads and writes.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="inputSchema">The columns that come in, among them the features.</param>
    /// <returns>A chain that can be saved, and that maps row to row; it holds an ONNX Runtime session and must be disposed.</returns>
    public static TransformerChain<ITransformer> Create(
        RecurrentNetwork network, ModelColumns columns, LabelKeys labels, DataViewSchema inputSchema)
    {
        // A context of its own: building the chain neither writes to the user's log nor draws from the user's seed.
        var context = new MLContext(seed: 0);
        var taken = new HashSet<string>([.. inputSchema.Select(column => column.Name), columns.Score, columns.PredictedLabel]);
        var index = NewName("ClassIndex", taken);
        // ONNX knows values by their names alone, so the scores cannot be called as the features are.
        var score = columns.Score == columns.Feature ? NewName("ClassScore", taken) : columns.Score;

        var featureType = (VectorDataViewType)inputSchema[columns.Feature].Type;
        var model = PortableNetwork.ToBytes(network, featureType, columns.Feature, score, index, labels.Names);
        List<ITransformer> steps = [];
        try
        {
            steps.Add(context.Transforms
                .ApplyOnnxModel([score, index], [columns.Feature], new MemoryStream(model))
                .Fit(SchemaSample.Create(context, columns.Feature, featureType)));
            steps.AddRange(ClassKeyLookup.Create(context, index, columns.PredictedLabel, labels));
            if (score != columns.Score)
            {
                steps.Add(Fit(context.Transforms.CopyColumns(columns.Score, score)));
            }

            // Dropping by name also drops what the steps before have hidden under the same name.
            steps.Add(Fit(context.Transforms.DropColumns(score == columns.Score ? [index] : [index, score])));
            return new TransformerChain<ITransformer>([.. steps]);
        }
        catch
        {
            (steps.FirstOrDefault() as IDisposable)?.Dispose();
            throw;
        }

        ITransformer Fit<T>(IEstimator<T> estimator)
            where T : class, ITransformer =>
            estimator.Fit(new TransformerChain<ITransformer>([.. steps])
                .Transform(SchemaSample.Create(context, columns.Feature, featureType)));
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

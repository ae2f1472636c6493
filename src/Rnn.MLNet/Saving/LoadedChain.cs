using System.IO.Compression;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;

namespace Rnn.MLNet.Saving;

/// <summary>The steps of a model that ML.NET has loaded, in which this library's transformers take the place of the chains that saved them.</summary>
internal static class LoadedChain
{
    /// <summary>The name under which ML.NET's OnnxTransformer saves its model.</summary>
    private const string OnnxEntry = "OnnxModel";

    /// <summary>
    /// Returns the steps of the model, chains within chains resolved. A saved network is an OnnxTransformer and what follows it up to the transformer
    /// that drops the intermediate columns (<see cref="PortableChain"/>); these steps are replaced and disposed of.
    /// </summary>
    /// <param name="model">The loaded model. If this method fails, it is disposed of.</param>
    /// <param name="restore">
    /// Makes the transformer of a saved network again; returns null if it does not know the task. Receives the output schema of the steps that it
    /// replaces.
    /// </param>
    /// <param name="warn">Receives a message about each network that a newer version of this library saved. Its steps stay as they are.</param>
    /// <exception cref="InvalidDataException">A network does not match its checksum, or lacks a part.</exception>
    public static IReadOnlyList<ITransformer> Restore(ITransformer model, Func<SavedNetwork, DataViewSchema, ITransformer?> restore, Action<string> warn)
    {
        List<ITransformer> steps = [.. Steps(model)], restored = [];
        try
        {
            while (steps.Count > 0)
            {
                if (Run(steps) is { } run && Restored(run, restore, warn) is { } transformer)
                {
                    restored.Add(transformer);
                    steps.RemoveRange(0, run.Count);
                    Dispose(run);
                }
                else
                {
                    restored.Add(steps[0]);
                    steps.RemoveAt(0);
                }
            }

            return restored;
        }
        catch
        {
            Dispose(restored.Concat(steps));
            throw;
        }
    }

    /// <summary>Returns the steps at the start that may be a saved network; null if there are none.</summary>
    private static List<ITransformer>? Run(List<ITransformer> steps) =>
        steps[0] is OnnxTransformer && steps.FindIndex(step => step is ColumnSelectingTransformer) is > 0 and var last ? steps.GetRange(0, last + 1) : null;

    private static ITransformer? Restored(List<ITransformer> run, Func<SavedNetwork, DataViewSchema, ITransformer?> restore, Action<string> warn)
    {
        var network = SavedNetwork.Read(OnnxModel((OnnxTransformer)run[0]), out var isNewer);
        var restored = network is null ? null : restore(network, OutputSchema(network, run));
        if (isNewer || (network is not null && restored is null))
        {
            warn("The model contains a network that a newer version of Rnn.MLNet saved. It scores as mlContext.Model.Load loads it, with ONNX Runtime. Update Rnn.MLNet to load it as a transformer of its own.");
        }

        return restored;
    }

    private static IEnumerable<ITransformer> Steps(ITransformer model) =>
        model is TransformerChain<ITransformer> chain ? chain.SelectMany(Steps) : [model];

    /// <summary>Returns the bytes of the transformer's model, which ML.NET gives away only as it saves them.</summary>
    private static byte[] OnnxModel(OnnxTransformer transformer)
    {
        using var saved = new MemoryStream();
        new MLContext(seed: 0).Model.Save(transformer, null, saved);
        using var zip = new ZipArchive(saved, ZipArchiveMode.Read);
        using var entry = zip.Entries.Single(entry => entry.Name == OnnxEntry).Open();
        using var reader = new BinaryReader(entry);
        return reader.ReadBytes(reader.ReadInt32());
    }

    private static DataViewSchema OutputSchema(SavedNetwork network, IEnumerable<ITransformer> steps)
    {
        var feature = network.Description.Feature;
        var sample = SchemaSample.Create(new MLContext(seed: 0), feature.Column, feature.ToType());
        try
        {
            return new TransformerChain<ITransformer>([.. steps]).GetOutputSchema(sample.Schema);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"The steps behind the network do not fit it: {exception.Message}", exception);
        }
    }

    private static void Dispose(IEnumerable<ITransformer> steps)
    {
        foreach (var step in steps.OfType<IDisposable>())
        {
            step.Dispose();
        }
    }
}

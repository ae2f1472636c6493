using Rnn.MLNet.Files;

namespace Microsoft.ML;

/// <summary>Saves models so that nothing is lost on the way.</summary>
public static class RnnModelFile
{
    /// <summary>
    /// Saves a model as <c>mlContext.Model.Save</c> does, but replaces the file in one step: whatever ends the process meanwhile, the name
    /// holds the old model or the new one. <c>Model.Save</c> empties the file first.
    /// </summary>
    /// <remarks>
    /// The zip is written to a file beside it and to the disk before it takes the name, so the folder must be writable. A symbolic
    /// link stays one, and the file that it points to is replaced. Any model of ML.NET's can be saved so; <c>mlContext.Model.Load</c> loads it.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="inputSchema">The columns that come in, saved with the model; null for none.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it, and the old file is as it was.</exception>
    public static void SaveTo(this ITransformer model, string path, DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => new MLContext().Model.Save(model, inputSchema, stream));
    }
}

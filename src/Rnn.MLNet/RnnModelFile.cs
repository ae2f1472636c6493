using Rnn.MLNet.Files;

namespace Microsoft.ML;

/// <summary>Extension methods that save models atomically.</summary>
public static class RnnModelFile
{
    /// <summary>
    /// Saves a model as <c>mlContext.Model.Save</c> does, but replaces the file atomically: even if the process is terminated, the file
    /// holds either the old model or the new one. <c>Model.Save</c> truncates the file first.
    /// </summary>
    /// <remarks>
    /// The zip is written to a temporary file in the same folder, flushed to disk and then renamed, so the folder must be writable. A
    /// symbolic link is kept, and its target is replaced. The method saves any ML.NET model; <c>mlContext.Model.Load</c> loads it.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="path">The file to write. An existing file is replaced.</param>
    /// <param name="inputSchema">The schema of the model's input, which is saved with the model; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be written. The message names it; an existing file is left unchanged.</exception>
    public static void SaveTo(this ITransformer model, string path, DataViewSchema? inputSchema)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => new MLContext().Model.Save(model, inputSchema, stream));
    }
}

using Microsoft.ML.Runtime;
using Rnn.MLNet;
using Rnn.MLNet.Files;
using Rnn.MLNet.Native;
using Rnn.MLNet.Saving;
using Rnn.MLNet.Scoring;
using Rnn.MLNet.Tasks.Classification;

namespace Microsoft.ML;

/// <summary>Extension methods that save models atomically and load them with this library's own transformers.</summary>
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

    /// <summary>
    /// Loads a model as <c>mlContext.Model.Load</c> does, but the networks of this library that it contains come back as what they were saved from, an
    /// <see cref="RnnClassifierTransformer"/>: it scores batches at the speed of the fitted model, to the same bits on the same processor, and can
    /// <see cref="RnnClassifierTransformer.ExportOnnx">export</see> the network. Needs libtorch, which <c>Model.Load</c> does not.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The networks are found wherever they stand, in chains within chains too. <c>model.OfType&lt;RnnClassifierTransformer&gt;()</c> returns them. Their
    /// <see cref="RnnClassifierTransformer.History"/> is not saved and has no epochs.
    /// </para>
    /// <para>
    /// A network that this library did not save stays as <c>Model.Load</c> loads it. So does one that a newer version saved; a warning in the log of the context
    /// (<see cref="MLContext.Log"/>) says so.
    /// </para>
    /// <para>
    /// With <see cref="MLContext.GpuDeviceId"/>, <c>Model.Load</c> needs an ONNX Runtime that uses CUDA, this method does not. If it finds none, other
    /// ONNX models in the file are on the CPU if <see cref="MLContext.FallbackToCpu"/> is true, with a warning in the log.
    /// </para>
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="filePath">The zip file.</param>
    /// <param name="inputSchema">Receives the schema of the model's input; null if it was not saved.</param>
    /// <param name="device">The device on which the networks score.</param>
    /// <param name="threads">
    /// The number of batches that a network scores in parallel on the CPU, at least 1; null for <see cref="RnnThreads.Default"/>.
    /// </param>
    /// <returns>The model, a chain of all its steps. It is disposed of by the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> or <paramref name="filePath"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1, or <paramref name="device"/> is not defined.</exception>
    /// <exception cref="InvalidDataException">The file is not a model that ML.NET can load, or is damaged. The message names the file.</exception>
    /// <exception cref="InvalidOperationException">
    /// libtorch could not be loaded or failed, memory ran out, or a GPU is required and missing (<see cref="RnnDevice"/>).
    /// </exception>
    public static TransformerChain<ITransformer> LoadRnn(
        this ModelOperationsCatalog catalog, string filePath, out DataViewSchema inputSchema, RnnDevice device = RnnDevice.Auto, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(filePath);
        using var stream = File.OpenRead(filePath);
        try
        {
            return catalog.LoadRnn(stream, out inputSchema, device, threads);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"The model file '{filePath}' cannot be loaded. {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Loads a model from a stream as <see cref="LoadRnn(ModelOperationsCatalog, string, out DataViewSchema, RnnDevice, int?)"/> does from a file.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Model</c>.</param>
    /// <param name="stream">The content of the zip file, which can be read and sought. It is not closed.</param>
    /// <param name="inputSchema">Receives the schema of the model's input; null if it was not saved.</param>
    /// <param name="device">The device on which the networks score.</param>
    /// <param name="threads">
    /// The number of batches that a network scores in parallel on the CPU, at least 1; null for <see cref="RnnThreads.Default"/>.
    /// </param>
    /// <returns>The model, a chain of all its steps. It is disposed of by the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> or <paramref name="stream"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1, or <paramref name="device"/> is not defined.</exception>
    /// <exception cref="InvalidDataException">The content is not a model that ML.NET can load, or is damaged.</exception>
    /// <exception cref="InvalidOperationException">
    /// libtorch could not be loaded or failed, memory ran out, or a GPU is required and missing (<see cref="RnnDevice"/>).
    /// </exception>
    public static TransformerChain<ITransformer> LoadRnn(
        this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema inputSchema, RnnDevice device = RnnDevice.Auto, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        OptionRequirement.Defined(device, nameof(device));
        OptionRequirement.Require(threads is null or >= 1, nameof(threads), threads, "at least 1, or null");
        var environment = MLNetAccessors.EnvironmentOf(catalog);
        using var channel = environment.Start(nameof(LoadRnn));
        void Warn(string message) => channel.Warning(MessageSensitivity.None, message);
        var model = StockModel.Load(catalog, environment, stream);
        inputSchema = model.InputSchema;
        var chain = new TransformerChain<ITransformer>([.. LoadedChain.Restore(model.Transformer, Classifier, Warn)]);
        try
        {
            model.RequireGpu(chain, MLNetAccessors.GpuSettingsOf(environment), Warn);
            return chain;
        }
        catch
        {
            chain.Dispose();
            throw;
        }

        ITransformer? Classifier(SavedNetwork saved, DataViewSchema scored)
        {
            if (saved.Description.Task.Kind != ClassificationTask.Kind)
            {
                return null;
            }

            var task = ClassificationTask.Of(saved.Description.Task, saved.Description.Feature.Column, saved.Description.Network.TimeSteps, scored);
            var network = saved.ToNetwork(task, DeviceChoice.Of(device, environment), threads);
            return new RnnClassifierTransformer(
                Scorer.Of(network, saved.Description.Feature.Column, typeof(RnnClassifierTransformer)), network.History, environment);
        }
    }
}
